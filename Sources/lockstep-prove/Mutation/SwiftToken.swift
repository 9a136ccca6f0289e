/// One token of a Swift source: enough of the language to find where a program can be changed.
struct SwiftToken {
  enum Kind {
    case word, integer, float, text, sign, mark
  }

  var kind: Kind
  var text: String
  /// Bytes of the file.
  var range: Range<Int>
  var line: Int
  var hasSpaceBefore: Bool
  var hasSpaceAfter: Bool

  /// The tokens of a file; comments and what stands inside of string literals are passed over.
  static func all(in bytes: [UInt8]) -> [SwiftToken] {
    var scanner = SwiftScanner(bytes)
    return scanner.tokens()
  }
}

struct SwiftScanner {
  private let bytes: [UInt8]
  private var place = 0
  private var line = 1
  private static let signs = Set("/=-+!*%<>&|^~?".utf8)

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func tokens() -> [SwiftToken] {
    var tokens: [SwiftToken] = []
    while place < bytes.count {
      if skipsSpace() { continue }
      let (start, startLine) = (place, line)
      let kind = scan()
      if kind == nil { continue }
      let space = Set(" \n(){}[],;:".utf8)
      tokens.append(
        SwiftToken(
          kind: kind ?? .mark, text: String(decoding: bytes[start..<place], as: UTF8.self),
          range: start..<place, line: startLine,
          hasSpaceBefore: start == 0 || space.contains(bytes[start - 1]),
          hasSpaceAfter: place == bytes.count || space.contains(bytes[place])))
    }
    return tokens
  }

  private func byte(_ offset: Int = 0) -> UInt8 {
    place + offset < bytes.count ? bytes[place + offset] : 0
  }

  private mutating func step() {
    if byte() == UInt8(ascii: "\n") { line += 1 }
    place += 1
  }

  private mutating func skipsSpace() -> Bool {
    guard byte() == UInt8(ascii: " ") || byte() == UInt8(ascii: "\n") else { return false }
    step()
    return true
  }

  /// Passes over one token; nil for a comment.
  private mutating func scan() -> SwiftToken.Kind? {
    let first = byte()
    if first == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "/") {
      while place < bytes.count, byte() != UInt8(ascii: "\n") { step() }
      return nil
    }
    if first == UInt8(ascii: "\"") {
      string()
      return .text
    }
    if isDigit(first) { return number() }
    if isWord(first) {
      while isWord(byte()) { step() }
      return .word
    }
    if first == UInt8(ascii: "."), byte(1) == first {
      while byte() == first || byte() == UInt8(ascii: "<") { step() }
      return .mark
    }
    if Self.signs.contains(first) {
      while Self.signs.contains(byte()) { step() }
      return .sign
    }
    step()
    return .mark
  }

  private mutating func string() {
    let quote = UInt8(ascii: "\"")
    let isLong = byte(1) == quote && byte(2) == quote
    for _ in 0..<(isLong ? 3 : 1) { step() }
    while place < bytes.count {
      if byte() == UInt8(ascii: "\\") {
        step()
        if byte() == UInt8(ascii: "(") { interpolation() } else { step() }
      } else if byte() == quote, !isLong || (byte(1) == quote && byte(2) == quote) {
        for _ in 0..<(isLong ? 3 : 1) { step() }
        return
      } else {
        step()
      }
    }
  }

  private mutating func interpolation() {
    var depth = 0
    repeat {
      if byte() == UInt8(ascii: "\"") {
        string()
        continue
      }
      if byte() == UInt8(ascii: "(") { depth += 1 }
      if byte() == UInt8(ascii: ")") { depth -= 1 }
      step()
    } while depth > 0 && place < bytes.count
  }

  private mutating func number() -> SwiftToken.Kind {
    var isFloat = false
    let isHexadecimal = byte() == UInt8(ascii: "0") && byte(1) == UInt8(ascii: "x")
    while true {
      if isWord(byte()) {
        if !isHexadecimal, byte() == UInt8(ascii: "e") {
          isFloat = true
          if byte(1) == UInt8(ascii: "-") { step() }
        }
        step()
      } else if byte() == UInt8(ascii: "."), isDigit(byte(1)) {
        isFloat = true
        step()
      } else {
        return isFloat ? .float : .integer
      }
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "`")
      || byte == UInt8(ascii: "$") || byte >= 0x80
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }
}
