import Quantities

/// What the twin believed, one row per assimilated sample, keyed to the measured record.
///
/// `voltage_volt` is the prediction before the update, `current_ampere` the measured current.
struct TwinTable {
  /// Quantities that come with a standard deviation, as named in the journal and in the file.
  private static let estimated = [
    ("predicted_voltage_volt", "voltage_volt"), ("temperature_celsius", "temperature_celsius"),
    ("state_of_charge", "state_of_charge"),
    ("negative_surface_stoichiometry", "negative_surface_stoichiometry"),
    ("positive_surface_stoichiometry", "positive_surface_stoichiometry"),
    ("negative_potential_at_separator_volt", "negative_potential_at_separator_volt"),
    ("discrepancy_volt", "discrepancy_volt"),
  ]
  private static let plain = [
    "open_circuit_voltage_volt", "voltage_innovation_volt", "normalised_innovation_squared",
  ]

  /// Names of the columns in their order.
  static var columns: [String] {
    ["record_index", "test_time_second", "current_ampere"]
      + estimated.flatMap { [$0.1, "\($0.1)_sd"] } + plain + ["assimilated_channels"]
  }

  /// Writes all rows and returns their number.
  static func write(_ view: JournalView, to file: inout OutputFile) throws -> Int {
    try file.write(columns.joined(separator: ",") + "\n")
    let columns = estimated.flatMap { [$0.0, "\($0.0)_sd"] } + plain
    let selected = columns.map { "e.\($0)" }.joined(separator: ", ")
    var count = 0
    try view.each(
      """
      SELECT s.record_index, s.test_time_second, s.current_ampere, \(selected),
        e.assimilated_channels
      FROM (SELECT scan, test_time_second, current_ampere,
          row_number() OVER (ORDER BY scan) AS record_index FROM samples) AS s
      JOIN estimates AS e ON e.scan = s.scan ORDER BY s.scan
      """
    ) { source in
      var row = CSVRow()
      row.append(source.int(0) ?? 0)
      row.append(microseconds: SampleClock.microseconds(source.number(1)))
      for column in 2..<3 + columns.count { row.append(source.double(column)) }
      row.append(source.int(3 + columns.count) ?? 0)
      try file.write(row.line)
      count += 1
    }
    return count
  }
}
