/// Reads an `Expression`; the error is what is wrong, and at which character.
struct ExpressionParser {
  struct SyntaxError: Error {
    let problem: String
  }

  private let text: [Character]
  private var position = 0
  private var depth = 0
  private var atoms = 0

  static let longest = 4_000
  static let deepest = 100
  /// Bounds the work of making a spline: the fits in use have up to 70.
  static let mostAtoms = 500

  static func parse(_ text: String) throws(SyntaxError) -> Expression {
    guard text.utf8.count <= longest else {
      throw SyntaxError(problem: "longer than \(longest) characters")
    }
    var parser = ExpressionParser(text: Array(text))
    let expression = try parser.sum()
    guard parser.peek == nil else { throw parser.failure("an operator wanted") }
    return expression
  }

  private init(text: [Character]) { self.text = text }

  private var peek: Character? {
    mutating get {
      while position < text.count,
        text[position] == " " || text[position].isNewline || text[position] == "\t"
      { position += 1 }
      return position < text.count ? text[position] : nil
    }
  }

  private func failure(_ problem: String) -> SyntaxError {
    let found = position < text.count ? "\"\(text[position])\"" : "the end"
    return SyntaxError(problem: "\(problem) at character \(position + 1), not \(found)")
  }

  private mutating func take(_ symbol: Character) -> Bool {
    guard peek == symbol else { return false }
    position += 1
    return true
  }

  private mutating func sum() throws(SyntaxError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw SyntaxError(problem: "nested deeper than \(Self.deepest) levels")
    }
    let first = try product()
    var rest: [(sign: Expression.Sign, term: Expression)] = []
    while true {
      if take("+") {
        rest.append((.plus, try product()))
      } else if take("-") {
        rest.append((.minus, try product()))
      } else {
        return rest.isEmpty ? first : .sum(first, rest)
      }
    }
  }

  private mutating func product() throws(SyntaxError) -> Expression {
    let first = try signed()
    var rest: [(sign: Expression.Sign, factor: Expression)] = []
    while true {
      if take("*") {
        rest.append((.plus, try signed()))
      } else if take("/") {
        rest.append((.minus, try signed()))
      } else {
        return rest.isEmpty ? first : .product(first, rest)
      }
    }
  }

  private mutating func signed() throws(SyntaxError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw SyntaxError(problem: "nested deeper than \(Self.deepest) levels")
    }
    if take("-") { return .negated(try signed()) }
    if take("+") { return try signed() }
    let base = try atom()
    guard peek == "*", position + 1 < text.count, text[position + 1] == "*" else { return base }
    position += 2
    return .power(base, try signed())
  }

  private mutating func atom() throws(SyntaxError) -> Expression {
    atoms += 1
    guard atoms <= Self.mostAtoms else {
      throw SyntaxError(problem: "more than \(Self.mostAtoms) numbers, variables and calls")
    }
    if take("(") {
      let inner = try sum()
      guard take(")") else { throw failure("a closing bracket wanted") }
      return inner
    }
    guard let first = peek else { throw failure("a number, x, a function or a bracket wanted") }
    if first.isASCII, first.isNumber || first == "." { return try number() }
    let start = position
    var name = ""
    while position < text.count, text[position].isLetter || text[position].isNumber {
      name.append(text[position])
      position += 1
    }
    if name == "x" { return .variable }
    guard let function = Expression.Function(rawValue: name) else {
      position = start
      let names = Expression.Function.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure("a number, x, a bracket or one of \(names) wanted")
    }
    guard take("(") else { throw failure("an opening bracket wanted after \(name)") }
    let argument = try sum()
    guard take(")") else { throw failure("a closing bracket wanted") }
    return .call(function, argument)
  }

  private mutating func number() throws(SyntaxError) -> Expression {
    let start = position
    func isDigit(_ c: Character) -> Bool { c.isASCII && c.isNumber }
    while position < text.count, isDigit(text[position]) || text[position] == "." { position += 1 }
    if position < text.count, text[position] == "e" || text[position] == "E" {
      position += 1
      if position < text.count, text[position] == "+" || text[position] == "-" { position += 1 }
      while position < text.count, isDigit(text[position]) { position += 1 }
    }
    guard let value = Double(String(text[start..<position])), value.isFinite else {
      position = start
      throw failure("a number wanted")
    }
    return .constant(value)
  }
}
