/// The three columns that one reading of a sample takes: value, quality, time.
///
/// The value is NULL unless the quality is good, so that plain SQL never averages a sentinel.
struct ReadingColumn {
  /// Name of the value's column, with its unit.
  let value: String
  /// What the two other columns begin with.
  let prefix: String
  /// SQLite's type of the value.
  let type: String

  init(_ prefix: String, unit: String) {
    value = "\(prefix)_\(unit)"
    self.prefix = prefix
    type = "REAL"
  }

  /// A yes-or-no reading, 0 or 1.
  init(flag: String) {
    value = flag
    prefix = flag
    type = "INTEGER"
  }

  var definition: String {
    "\(value) \(type), \(prefix)_quality INTEGER NOT NULL, \(prefix)_time_second REAL"
  }

  /// The readings of a sample in the order of their columns.
  static let ofSample: [ReadingColumn] =
    [ReadingColumn("voltage", unit: "volt"), ReadingColumn("current", unit: "ampere")]
    + (1...4).map { ReadingColumn("temperature_t\($0)", unit: "celsius") }
    + [ReadingColumn("ambient_temperature", unit: "celsius")]
    + ["source", "load"].flatMap { device in
      [
        ReadingColumn("\(device)_voltage", unit: "volt"),
        ReadingColumn("\(device)_current", unit: "ampere"),
        ReadingColumn(flag: "\(device)_is_on"),
        ReadingColumn(flag: "\(device)_protection_tripped"),
      ]
    }
    + [ReadingColumn(flag: "contactor_closed")]
}
