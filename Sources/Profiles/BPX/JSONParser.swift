/// JSON (RFC 8259) with lines, which Foundation's reader does not keep; keys that stand twice in an
/// object, NaN, trailing text and nesting beyond 32 are errors.
struct JSONParser {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 1

  static let deepest = 32

  /// The document in `bytes`; a leading byte order mark is skipped.
  static func parse(_ bytes: [UInt8], file: String) throws(ProfileError) -> JSONValue {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw ProfileError(file: file, "not UTF-8")
    }
    var parser = JSONParser(bytes: bytes, file: file)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == bytes.count else { throw parser.failure("text after the document") }
    return value
  }

  private init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  private func failure(_ problem: String) -> ProfileError {
    ProfileError(file: file, line: line, problem)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      if byte == 0x0A { line += 1 }
      position += 1
    }
  }

  private mutating func take(_ byte: Character) -> Bool {
    guard next == byte.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(ProfileError) -> JSONValue {
    skipSpace()
    guard depth <= Self.deepest else {
      throw failure("nested deeper than \(Self.deepest) levels")
    }
    let start = line
    guard let byte = next else { throw failure("the document ends early") }
    switch Character(UnicodeScalar(byte)) {
    case "{": return JSONValue(content: .object(try members(depth: depth)), line: start)
    case "[": return JSONValue(content: .array(try elements(depth: depth)), line: start)
    case "\"": return JSONValue(content: .string(try string()), line: start)
    case "t": return JSONValue(content: try word("true", .bool(true)), line: start)
    case "f": return JSONValue(content: try word("false", .bool(false)), line: start)
    case "n": return JSONValue(content: try word("null", .null), line: start)
    default: return JSONValue(content: try number(), line: start)
    }
  }

  private mutating func word(
    _ text: String, _ content: JSONValue.Content
  ) throws(ProfileError) -> JSONValue.Content {
    guard bytes[position...].starts(with: Array(text.utf8)) else {
      throw failure("not a JSON value")
    }
    position += text.utf8.count
    return content
  }

  private mutating func members(depth: Int) throws(ProfileError) -> [JSONValue.Member] {
    position += 1
    var members: [JSONValue.Member] = []
    var seen: Set<String> = []
    skipSpace()
    if take("}") { return members }
    while true {
      skipSpace()
      let start = line
      guard next == 0x22 else { throw failure("a key in quotes wanted") }
      let key = try string()
      guard seen.insert(key).inserted else {
        throw ProfileError(file: file, line: start, key: key, "stands twice in one object")
      }
      skipSpace()
      guard take(":") else { throw failure("a colon wanted after \"\(key)\"") }
      members.append(.init(key: key, line: start, value: try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return members }
      guard take(",") else { throw failure("a comma or } wanted") }
    }
  }

  private mutating func elements(depth: Int) throws(ProfileError) -> [JSONValue] {
    position += 1
    var elements: [JSONValue] = []
    skipSpace()
    if take("]") { return elements }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return elements }
      guard take(",") else { throw failure("a comma or ] wanted") }
    }
  }

  private mutating func number() throws(ProfileError) -> JSONValue.Content {
    let start = position
    while let byte = next, byte != 0x2C, byte != 0x5D, byte != 0x7D, byte > 0x20 { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard Self.isNumber(text), let value = Double(text) else {
      throw failure("\(text.prefix(40)) is not a JSON value")
    }
    guard value.isFinite else { throw failure("\(text.prefix(40)) is out of range") }
    return .number(value, text: text)
  }

  /// -?(0|[1-9]d*)(.d+)?([eE][+-]?d+)?
  private static func isNumber(_ text: String) -> Bool {
    var rest = Substring(text)
    func digits(_ rest: inout Substring) -> Substring {
      let run = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(run.count)
      return run
    }
    if rest.first == "-" { rest.removeFirst() }
    let whole = digits(&rest)
    guard !whole.isEmpty, whole == "0" || whole.first != "0" else { return false }
    if rest.first == "." {
      rest.removeFirst()
      if digits(&rest).isEmpty { return false }
    }
    if rest.first == "e" || rest.first == "E" {
      rest.removeFirst()
      if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
      if digits(&rest).isEmpty { return false }
    }
    return rest.isEmpty
  }

  private mutating func string() throws(ProfileError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case 0x22: return String(decoding: text, as: UTF8.self)
      case 0x5C: text += try escape()
      case 0..<0x20: throw failure("a control character in a string")
      default: text.append(byte)
      }
    }
    throw failure("a string without an end")
  }

  private mutating func escape() throws(ProfileError) -> [UInt8] {
    guard let byte = next else { throw failure("a string without an end") }
    position += 1
    switch Character(UnicodeScalar(byte)) {
    case "\"": return [0x22]
    case "\\": return [0x5C]
    case "/": return [0x2F]
    case "b": return [0x08]
    case "f": return [0x0C]
    case "n": return [0x0A]
    case "r": return [0x0D]
    case "t": return [0x09]
    case "u":
      var scalar = try hexadecimal()
      if scalar & 0xFC00 == 0xD800, take("\\"), take("u") {
        let low = try hexadecimal()
        guard low & 0xFC00 == 0xDC00 else { throw failure("half a surrogate pair") }
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
      }
      guard let unicode = Unicode.Scalar(scalar) else { throw failure("half a surrogate pair") }
      return Array(String(unicode).utf8)
    default: throw failure("an unknown escape in a string")
    }
  }

  private mutating func hexadecimal() throws(ProfileError) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    let text = String(decoding: digits, as: UTF8.self)
    guard digits.count == 4, text.allSatisfy(\.isHexDigit), let value = UInt32(text, radix: 16)
    else { throw failure("four hexadecimal digits wanted after \\u") }
    position += 4
    return value
  }
}
