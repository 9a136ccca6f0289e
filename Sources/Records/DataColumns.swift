/// The wanted columns of a comma-separated file, every number checked; the first column is time.
struct DataColumns {
  /// How the first column must go on.
  enum Order { case neverDecreasing, increasingFromZero }

  /// One array for each wanted column; empty where the file has none.
  private(set) var values: [[Double]]
  /// Whether the file has the column.
  let isThere: [Bool]
  /// The first column to the letter.
  private(set) var texts: [String] = []

  /// Reads a file's bytes; at least two data rows are wanted.
  init(
    parsing bytes: [UInt8], name: String, _ columns: [BatteryDataTable.Quantity], order: Order
  ) throws(BatteryDataError) {
    var reader = FieldReader(bytes: bytes, name: name)
    guard let header = try reader.row(), header.contains(where: { !$0.isEmpty }) else {
      throw BatteryDataError("\(name), line 1: no header row")
    }
    let places = try Self.places(of: columns, in: header, name)
    values = columns.map { _ in [] }
    isThere = places.map { $0 != nil }
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
      if let problem = Self.problem(with: values[0], order) {
        throw BatteryDataError("\(name), line \(line), column '\(columns[0].names[0])': \(problem)")
      }
    }
    guard texts.count >= 2 else {
      throw BatteryDataError("\(name): \(texts.count) data rows, at least 2 are needed")
    }
  }

  private static func places(
    of columns: [BatteryDataTable.Quantity], in header: [String], _ name: String
  ) throws(BatteryDataError) -> [Int?] {
    let seen = Dictionary(grouping: header.indices, by: { header[$0] })
    for (column, places) in seen where places.count > 1 && !column.isEmpty {
      throw BatteryDataError("\(name), line 1: column '\(column)' stands twice")
    }
    var places: [Int?] = []
    for column in columns {
      let place = column.names.lazy.compactMap { header.firstIndex(of: $0) }.first
      if place == nil, column.required {
        throw BatteryDataError("\(name), line 1: no column '\(column.names[0])'")
      }
      places.append(place)
    }
    return places
  }

  /// What is wrong with the last time, or nil.
  private static func problem(with times: [Double], _ order: Order) -> String? {
    guard let last = times.last else { return nil }
    let before = times.count > 1 ? times[times.count - 2] : nil
    switch (order, before) {
    case (.neverDecreasing, let before?) where last < before:
      return "\(last) s, is before the row above"
    case (.increasingFromZero, let before?) where last <= before:
      return "\(last) s, must be after the row above"
    case (.increasingFromZero, nil) where last != 0: return "\(last) s, must start at 0"
    default: return nil
    }
  }

  private static func number(
    _ text: String, _ column: BatteryDataTable.Quantity, at place: String
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
