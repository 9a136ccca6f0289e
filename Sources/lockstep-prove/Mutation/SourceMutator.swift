import Foundation

/// Finds the places of one source file that can be changed.
struct SourceMutator {
  let file: String
  let bytes: [UInt8]
  private let tokens: [SwiftToken]
  private let lines: [String]
  private(set) var places: [MutationPlace] = []

  init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
    tokens = SwiftToken.all(in: bytes)
    lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n")
    for i in tokens.indices {
      operators(i)
      literals(i)
      conditions(i)
      statements(i)
    }
  }

  private mutating func add(
    _ kind: MutationPlace.Kind, _ token: SwiftToken, _ changes: [String],
    _ edits: @escaping (Int) -> [MutationPlace.Edit]
  ) {
    places.append(
      MutationPlace(
        kind: kind, file: file, line: token.line,
        source: lines[token.line - 1].trimmingCharacters(in: .whitespaces), changes: changes,
        edits: edits))
  }

  private func text(_ i: Int) -> String { tokens.indices.contains(i) ? tokens[i].text : "" }

  private mutating func operators(_ i: Int) {
    let token = tokens[i]
    guard token.kind == .sign else { return }
    if token.text == "!", token.hasSpaceBefore, !token.hasSpaceAfter {
      add(.not, token, ["! -> (nothing)"]) { id in
        [.init(range: token.range, text: "!isMutant(\(id)) != ", rank: 3)]
      }
      return
    }
    guard token.hasSpaceBefore, token.hasSpaceAfter, let known = MutantOperator.all[token.text]
    else { return }
    // Protocol compositions and generic constraints are not expressions.
    if token.text == "==", ["where", ","].contains(where: { text(i - 2) == $0 }) { return }
    add(known.kind, token, known.mutants.map { "\(token.text) -> \($0)" }) { id in
      [.init(range: token.range, text: MutantOperator.name(id), rank: 3)]
    }
  }

  private mutating func literals(_ i: Int) {
    let token = tokens[i]
    let isBool = token.kind == .word && ["true", "false"].contains(token.text)
    // `while true` is no condition: the compiler reads it as a loop without an end.
    guard token.kind == .integer || token.kind == .float || isBool,
      text(i - 1) != ".", text(i - 1) != "while"
    else { return }
    let change: String
    if isBool {
      change = token.text == "true" ? "false" : "true"
    } else if token.kind == .float {
      change = Double(token.text.filter { $0 != "_" }) == 0 ? "1.0" : "\(token.text) * 2"
    } else if token.text.hasPrefix("0x") {
      change = "\(token.text) - 1"
    } else {
      change =
        (Int(token.text.filter { $0 != "_" }) ?? 0) < 100
        ? "\(token.text) + 1" : "\(token.text) * 2"
    }
    add(.literal, token, ["\(token.text) -> \(change)"]) { id in
      [.init(range: token.range, text: "mutant(\(id), \(token.text), \(change))", rank: 3)]
    }
  }

  /// Clauses of `if`, `guard` and `while` that no operator inside of them turns round.
  private mutating func conditions(_ i: Int) {
    let keyword = tokens[i].text
    guard ["if", "guard", "while"].contains(keyword), text(i - 1) != "#", text(i - 1) != "."
    else { return }
    if keyword == "while", text(i - 1) == "}" { return }
    var (depth, start, place) = (0, i + 1, i + 1)
    while place < tokens.count {
      let text = tokens[place].text
      let ends =
        depth == 0 && (text == "," || (keyword == "guard" ? text == "else" : text == "{"))
      if ends {
        negate(start..<place)
        if text != "," { return }
        start = place + 1
      }
      if ["(", "[", "{"].contains(text) { depth += 1 }
      if [")", "]", "}"].contains(text) { depth -= 1 }
      place += 1
    }
  }

  private mutating func negate(_ clause: Range<Int>) {
    guard let first = clause.first, let last = clause.last,
      !["let", "var", "case", "#", "_"].contains(text(first))
    else { return }
    var depth = 0
    for i in clause {
      if ["(", "[", "{"].contains(text(i)) { depth += 1 }
      if [")", "]", "}"].contains(text(i)) { depth -= 1 }
      let kind = MutantOperator.all[text(i)]?.kind
      if depth == 0, kind == .comparison || kind == .logic || text(i) == "!" { return }
    }
    let (from, to) = (tokens[first].range.lowerBound, tokens[last].range.upperBound)
    add(.condition, tokens[first], ["condition -> negated"]) { id in
      [
        .init(range: from..<from, text: "(isMutant(\(id)) != (", rank: 2),
        .init(range: to..<to, text: "))", rank: 0),
      ]
    }
  }

  /// Calls and assignments that fill one line.
  private mutating func statements(_ i: Int) {
    let first = tokens[i]
    guard first.kind == .word, !Self.declaring.contains(first.text), i > 0,
      tokens[i - 1].line < first.line, !continues(after: i - 1)
    else { return }
    var (depth, last, isAssignment) = (0, i, false)
    for place in i..<tokens.count where tokens[place].line == first.line {
      last = place
      if ["(", "[", "{"].contains(text(place)) { depth += 1 }
      if [")", "]", "}"].contains(text(place)) { depth -= 1 }
      if depth < 0 || text(place) == ":" && depth == 0 { return }
      if depth == 0, tokens[place].kind == .sign, tokens[place].text.hasSuffix("="),
        ["=", "+=", "-=", "^="].contains(tokens[place].text)
      {
        isAssignment = true
      }
    }
    guard depth == 0, isAssignment || text(last) == ")", !continues(after: last) else { return }
    if last + 1 < tokens.count {
      let next = tokens[last + 1]
      if next.text == "." || next.text == "{" || (next.kind == .sign && next.hasSpaceAfter) {
        return
      }
    }
    let (from, to) = (first.range.lowerBound, tokens[last].range.upperBound)
    add(.statement, first, ["statement -> (nothing)"]) { id in
      [
        .init(range: from..<from, text: "if !isMutant(\(id)) { ", rank: 1),
        .init(range: to..<to, text: " }", rank: 1),
      ]
    }
  }

  /// Whether the statement goes on behind this token.
  private func continues(after i: Int) -> Bool {
    let token = tokens[i]
    if token.kind == .sign { return token.hasSpaceBefore || token.text == "=" }
    return ["(", "[", ",", ".", ":", "return", "where", "case", "try", "else", "throw", "->"]
      .contains(token.text)
  }

  private static let declaring: Set<String> = [
    "let", "var", "if", "guard", "while", "for", "switch", "case", "default", "return", "func",
    "struct", "enum", "class", "extension", "import", "public", "private", "fileprivate",
    "internal", "package", "static", "init", "deinit", "throw", "do", "repeat", "else", "defer",
    "break", "continue", "mutating", "consuming", "borrowing", "discard", "protocol", "where",
    "catch", "indirect", "typealias", "associatedtype", "in", "nonmutating", "final",
  ]
}
