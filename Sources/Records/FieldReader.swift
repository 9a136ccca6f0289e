/// Splits comma-separated text (RFC 4180) into rows of trimmed fields, counting lines from 1.
struct FieldReader {
  let bytes: [UInt8]
  let name: String
  var position = 0
  var line = 1
  /// Line on which the last row began.
  private(set) var lineOfRow = 1

  init(bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next row; nil at the end. A blank line is one empty field.
  mutating func row() throws(BatteryDataError) -> [String]? {
    guard position < bytes.count else { return nil }
    lineOfRow = line
    var fields: [String] = []
    while true {
      fields.append(try field())
      guard position < bytes.count else { return fields }
      let separator = bytes[position]
      position += 1
      if separator == UInt8(ascii: ",") { continue }
      line += 1
      return fields
    }
  }

  /// Nothing but white space may follow the first blank line.
  mutating func expectOnlyBlankLines() throws(BatteryDataError) {
    let blankLine = lineOfRow
    while let next = try row() {
      guard next == [""] else {
        throw BatteryDataError("\(name), line \(blankLine): blank line between rows")
      }
    }
  }

  /// One field; stops on the comma or line feed that ends it, or at the end.
  private mutating func field() throws(BatteryDataError) -> String {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    var content: [UInt8] = []
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
      let opened = line
      position += 1
      while true {
        guard position < bytes.count else {
          throw BatteryDataError("\(name), line \(opened): quote is never closed")
        }
        let byte = bytes[position]
        position += 1
        if byte == UInt8(ascii: "\"") {
          guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { break }
          position += 1
        } else if byte == UInt8(ascii: "\n") {
          line += 1
        }
        content.append(byte)
      }
      while position < bytes.count, isBlank(bytes[position]) { position += 1 }
      if position < bytes.count, !isEnd(bytes[position]) {
        throw BatteryDataError("\(name), line \(line): text after a closing quote")
      }
    } else {
      while position < bytes.count, !isEnd(bytes[position]) {
        content.append(bytes[position])
        position += 1
      }
    }
    while let last = content.last, isBlank(last) { content.removeLast() }
    while let first = content.first, isBlank(first) { content.removeFirst() }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw BatteryDataError("\(name), line \(line): not UTF-8")
    }
    return text
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n")
  }
}
