extension BatteryDataTable {
  /// Reads a file's bytes: UTF-8 with or without byte order mark, LF or CRLF, any column order, quoted
  /// fields, spaces around fields and blank last lines; columns that are not needed are ignored.
  /// - Parameter name: what the file is called in errors.
  public init(parsing bytes: [UInt8], name: String) throws(BatteryDataError) {
    var reader = FieldReader(bytes: bytes, name: name)
    guard let header = try reader.row(), header.contains(where: { !$0.isEmpty }) else {
      throw BatteryDataError("\(name), line 1: no header row")
    }
    let seen = Dictionary(grouping: header.indices, by: { header[$0] })
    for (column, places) in seen where places.count > 1 && !column.isEmpty {
      throw BatteryDataError("\(name), line 1: column '\(column)' stands twice")
    }
    let columns = [
      Self.timeColumn, Self.voltageColumn, Self.currentColumn, Self.surfaceColumn,
      Self.ambientColumn,
    ]
    var places: [Int?] = []
    for column in columns {
      let place = column.names.lazy.compactMap { header.firstIndex(of: $0) }.first
      if place == nil, column.required {
        throw BatteryDataError("\(name), line 1: no column '\(column.names[0])'")
      }
      places.append(place)
    }

    var values = columns.map { _ in [Double]() }
    var texts: [String] = []
    while let row = try reader.row() {
      if row == [""] {
        try reader.expectOnlyBlankLines()
        break
      }
      let line = reader.lineOfRow
      guard row.count == header.count else {
        throw BatteryDataError(
          "\(name), line \(line): \(row.count) fields, the header has \(header.count)")
      }
      for (index, column) in columns.enumerated() {
        guard let place = places[index] else { continue }
        let at = "\(name), line \(line), column \(place + 1) '\(header[place])'"
        values[index].append(try Self.number(row[place], column, at: at))
      }
      if let place = places[0] { texts.append(row[place]) }
      if let last = values[0].last, values[0].count > 1, last < values[0][values[0].count - 2] {
        throw BatteryDataError(
          "\(name), line \(line), column 'test_time_second': \(last) s, is before the row above")
      }
    }
    guard texts.count >= 2 else {
      throw BatteryDataError("\(name): \(texts.count) data rows, at least 2 are needed")
    }
    time = values[0]
    timeText = texts
    voltage = values[1]
    current = values[2]
    surfaceTemperature = places[3] == nil ? nil : values[3]
    ambientTemperature = places[4] == nil ? nil : values[4]
  }

  private static func number(
    _ text: String, _ column: Quantity, at place: String
  ) throws(BatteryDataError) -> Double {
    guard !text.isEmpty else { throw BatteryDataError("\(place): missing value") }
    // Double(_:) also takes hexadecimal, which no measurement file means.
    guard !text.utf8.contains(UInt8(ascii: "x")), !text.utf8.contains(UInt8(ascii: "X")),
      let value = Double(text)
    else { throw BatteryDataError("\(place): '\(text)' is not a number") }
    guard value.isFinite else { throw BatteryDataError("\(place): '\(text)' is not finite") }
    guard column.range.contains(value) else {
      let range = "\(column.range.lowerBound) to \(column.range.upperBound) \(column.unit)"
      throw BatteryDataError("\(place): \(text) is implausible\(column.hint), allowed \(range)")
    }
    return value
  }
}

/// Splits comma-separated text (RFC 4180) into rows of trimmed fields, counting lines from 1.
private struct FieldReader {
  let bytes: [UInt8]
  let name: String
  var position = 0
  var line = 1
  /// Line on which the last row began.
  var lineOfRow = 1

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
