import Foundation

/// The rig's truth, read back: only what the score needs.
struct TruthTable {
  /// One instant.
  struct Row {
    /// Pace time, s.
    var time: Double
    /// A, positive when it charges.
    var current: Double
    /// 0..1.
    var stateOfCharge: Double
    /// Negative electrode potential at the separator, V.
    var negativePotential: Double
    /// degC.
    var temperature: Double
  }

  var rows: [Row] = []

  init(path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var lines = text.split(separator: "\n").makeIterator()
    let header = lines.next()?.split(separator: ",").map(String.init) ?? []
    let wanted = [
      "pace_second", "current_ampere", "state_of_charge", "negative_potential_at_separator_volt",
      "temperature_celsius",
    ]
    let places = wanted.compactMap { header.firstIndex(of: $0) }
    guard places.count == wanted.count else {
      throw CommandFailure(status: 3, message: "\(path): no truth: columns \(wanted) are wanted")
    }
    while let line = lines.next() {
      let fields = line.split(separator: ",")
      let numbers = places.compactMap { $0 < fields.count ? Double(fields[$0]) : nil }
      guard numbers.count == wanted.count else { continue }
      rows.append(
        Row(
          time: numbers[0], current: numbers[1], stateOfCharge: numbers[2],
          negativePotential: numbers[3], temperature: numbers[4]))
    }
  }
}
