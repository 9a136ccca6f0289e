/// An operator of its own for each changed place: its name says which one, and its precedence is that
/// of the operator that it stands for.
struct MutantOperator {
  var sign: String
  var kind: MutationPlace.Kind
  var precedence: String
  var mutants: [String]

  static let all: [String: MutantOperator] = {
    var all: [String: MutantOperator] = [:]
    func add(
      _ sign: String, _ kind: MutationPlace.Kind, _ precedence: String, _ mutants: [String]
    ) {
      all[sign] = MutantOperator(
        sign: sign, kind: kind, precedence: precedence + "Precedence", mutants: mutants)
    }
    add("==", .comparison, "Comparison", ["!="])
    add("!=", .comparison, "Comparison", ["=="])
    add("<", .comparison, "Comparison", ["<=", ">="])
    add("<=", .comparison, "Comparison", ["<", ">"])
    add(">", .comparison, "Comparison", [">=", "<="])
    add(">=", .comparison, "Comparison", [">", "<"])
    add("&&", .logic, "LogicalConjunction", ["||", "left"])
    add("||", .logic, "LogicalDisjunction", ["&&", "left"])
    add("+", .arithmetic, "Addition", ["-"])
    add("-", .arithmetic, "Addition", ["+"])
    add("*", .arithmetic, "Multiplication", ["/"])
    add("/", .arithmetic, "Multiplication", ["*"])
    add("+=", .assignment, "Assignment", ["-="])
    add("-=", .assignment, "Assignment", ["+="])
    add("&", .bits, "Multiplication", ["|"])
    add("|", .bits, "Addition", ["&"])
    add("^", .bits, "Addition", ["&"])
    return all
  }()

  /// The operator's name at the place whose first mutant is `id`.
  static func name(_ id: Int) -> String {
    "^^" + (0..<13).map { id >> $0 & 1 == 1 ? "^" : "~" }.joined()
  }

  /// Its declaration and functions; `isMutant(n)` is true in the run that is to be that mutant.
  func declaration(_ id: Int) -> String {
    let name = Self.name(id)
    var text = "infix operator \(name): \(precedence)\n"
    func function(_ generics: String, _ type: String, _ body: String, _ result: String) {
      text +=
        "@inlinable public func \(name)\(generics)(a: \(type), b: \(type)) -> \(result) {\n"
        + "  \(body)\n}\n"
    }
    let bodies = mutants.enumerated().map { (number: id + $0.offset, sign: $0.element) }
    switch kind {
    case .comparison:
      let constraint = sign == "==" || sign == "!=" ? "Equatable" : "Comparable"
      let body = bodies.map { "if isMutant(\($0.number)) { return a \($0.sign) b }; " }.joined()
      function("<T: \(constraint)>", "T", body + "return a \(sign) b", "Bool")
    case .logic:
      text += """
        @inlinable public func \(name)(a: Bool, b: @autoclosure () throws -> Bool) rethrows -> Bool {
          if isMutant(\(id)) { return try a \(mutants[0]) b() }
          if isMutant(\(id + 1)) { return a }
          return try a \(sign) b()
        }

        """
    case .arithmetic:
      let body = "isMutant(\(id)) ? a \(mutants[0]) b : a \(sign) b"
      if precedence.hasPrefix("Addition") {
        function("<T: AdditiveArithmetic>", "T", body, "T")
        function("<Q: Quantity>", "Q", body, "Q")
      } else {
        function("<T: BinaryInteger>", "T", body, "T")
        function("", "Double", body, "Double")
        if sign == "/" {
          function("<Q: Quantity>", "Q", "isMutant(\(id)) ? a.value * b.value : a / b", "Double")
        }
      }
      if sign == "+" {
        text += """
          @inlinable public func \(name)<C: RangeReplaceableCollection, S: Sequence>(a: C, b: S) -> C
          where C.Element == S.Element { isMutant(\(id)) ? a : a + b }

          """
      }
    case .assignment:
      text += """
        @inlinable public func \(name)<T: AdditiveArithmetic>(a: inout T, b: T) {
          if isMutant(\(id)) { a \(mutants[0]) b } else { a \(sign) b }
        }

        """
      if sign == "+=" {
        text += """
          @inlinable public func \(name)<C: RangeReplaceableCollection, S: Sequence>(a: inout C, b: S)
          where C.Element == S.Element { if !isMutant(\(id)) { a += b } }

          """
      }
    case .bits:
      function("<T: BinaryInteger>", "T", "isMutant(\(id)) ? a \(mutants[0]) b : a \(sign) b", "T")
    case .not, .literal, .condition, .statement: break
    }
    return text
  }
}
