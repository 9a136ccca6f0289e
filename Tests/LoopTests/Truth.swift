import Foundation
import Testing

/// What the rig wrote down: the only oracle of a kill proof.
struct Truth {
  struct Row {
    /// s since 1970.
    var unixTime: Double
    /// Pace time, s.
    var pace: Double
    /// A, positive when it charges.
    var current: Double
    /// V.
    var voltage: Double
    /// degC.
    var ambient: Double
    var contactorClosed: Bool
    var supplyOn: Bool
    var loadOn: Bool
    var alarmOn: Bool
    /// Of the negative electrode at the separator, V.
    var negativePotential: Double

    /// No current: less than 1 mA.
    var isQuiet: Bool { abs(current) < 0.001 }
  }

  var rows: [Row] = []

  /// The rows that are in the file so far; a last line that is not whole is left out.
  ///
  /// - Parameter tail: only the rows within this many bytes of the end.
  init(path: String, tail: UInt64 = .max) {
    guard let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd() else {
      return
    }
    defer { try? file.close() }
    guard let header = Self.lines(file, from: 0, count: 1000).first?.components(separatedBy: ",")
    else { return }
    let places = Self.columns.compactMap { header.firstIndex(of: $0) }
    guard places.count == Self.columns.count else { return }
    let start = size > tail ? size - tail : 0
    // The first line is the header or the rest of a row.
    for line in Self.lines(file, from: start, count: Int(size - start)).dropFirst() {
      let fields = line.split(separator: ",")
      guard fields.count == header.count else { continue }
      let values = places.compactMap { Double(fields[$0]) }
      guard values.count == places.count else { continue }
      rows.append(
        Row(
          unixTime: values[0], pace: values[1], current: values[2], voltage: values[3],
          ambient: values[4], contactorClosed: values[5] == 1, supplyOn: values[6] == 1,
          loadOn: values[7] == 1, alarmOn: values[8] == 1, negativePotential: values[9]))
    }
  }

  private static let columns = [
    "unix_time_second", "pace_second", "current_ampere", "voltage_volt",
    "ambient_temperature_celsius", "contactor_closed", "supply_on", "load_on",
    "alarm_on", "negative_potential_at_separator_volt",
  ]

  /// The whole lines among `count` bytes from `start`.
  private static func lines(_ file: FileHandle, from start: UInt64, count: Int) -> [String] {
    guard (try? file.seek(toOffset: start)) != nil, let data = try? file.read(upToCount: count),
      let end = data.lastIndex(of: UInt8(ascii: "\n"))
    else { return [] }
    return String(decoding: data[..<end], as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// When the last stretch in which `holds` is true of every row began; nil when the last row is not
  /// of it.
  func lasting(_ holds: (Row) -> Bool) -> Double? {
    guard let last = rows.lastIndex(where: { !holds($0) }) else { return rows.first?.unixTime }
    return last + 1 < rows.count ? rows[last + 1].unixTime : nil
  }
}

extension Truth: CustomTestStringConvertible {
  /// A failing expectation shows the last row, not thousands.
  var testDescription: String {
    let changes = zip(rows, rows.dropFirst()).filter {
      $0.contactorClosed != $1.contactorClosed || $0.isQuiet != $1.isQuiet
    }.suffix(3).map(\.1)
    return
      "\(rows.count) rows, the last changes \(changes), the last \(rows.last.map { "\($0)" } ?? "none")"
  }
}
