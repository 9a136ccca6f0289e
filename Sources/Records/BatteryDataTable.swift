/// The columns of a Battery Data Format file (`*.bdf.csv`, machine names) that a replay needs.
///
/// Rows are as in the file; times never decrease. Current is positive when it charges the cell.
public struct BatteryDataTable: Sendable, Hashable {
  /// `test_time_second`, s.
  public var time: [Double]
  /// The same, to the letter as it stands in the file.
  public var timeText: [String]
  /// `voltage_volt`, V.
  public var voltage: [Double]
  /// `current_ampere`, A.
  public var current: [Double]
  /// `surface_temperature_celsius`, else `temperature_t1_celsius`, degC; nil when the file has neither.
  public var surfaceTemperature: [Double]?
  /// `ambient_temperature_celsius`, degC; nil when the file has none.
  public var ambientTemperature: [Double]?
  /// `unix_time_second`, s; nil when the file has none.
  public var unixTime: [Double]?

  /// `negative_potential_volt`, V: the negative electrode against a reference electrode in the separator
  /// (lithium); nil when the file has none.
  public var negativePotential: [Double]?

  /// Columns of one measured quantity and what a cell's record may hold: outside lies another unit.
  struct Quantity {
    var names: [String]
    var required: Bool
    var range: ClosedRange<Double>
    var unit: String
    var hint: String
  }

  static let timeColumn = Quantity(
    names: ["test_time_second"], required: true, range: -1e10...1e10, unit: "s", hint: "")
  static let voltageColumn = Quantity(
    names: ["voltage_volt"], required: true, range: -10...10, unit: "V", hint: " (millivolts?)")
  static let currentColumn = Quantity(
    names: ["current_ampere"], required: true, range: -1000...1000, unit: "A",
    hint: " (milliamperes?)")
  static let surfaceColumn = Quantity(
    names: ["surface_temperature_celsius", "temperature_t1_celsius"], required: false,
    range: -100...200, unit: "degC", hint: " (kelvin?)")
  static let negativePotentialColumn = Quantity(
    names: ["negative_potential_volt", "negative_potential_V"], required: false, range: -5...5,
    unit: "V", hint: " (millivolts?)")
  static let ambientColumn = Quantity(
    names: ["ambient_temperature_celsius"], required: false, range: -100...200, unit: "degC",
    hint: " (kelvin?)")
  static let unixColumn = Quantity(
    names: ["unix_time_second"], required: false, range: 0...1e11, unit: "s",
    hint: " (milliseconds?)")

  /// Number of rows.
  public var count: Int { time.count }
}
