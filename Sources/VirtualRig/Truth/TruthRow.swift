/// One row of the truth: the cell and what is switched on, at one instant.
struct TruthRow {
  /// Pace time, microseconds.
  var time: Int64
  var outputs: PlantOutputs
  /// Through the cell, A, positive when it charges.
  var current: Double
  /// degC.
  var ambient: Double
  var contactorClosed: Bool
  var supplyOn: Bool
  var loadOn: Bool
  /// The relay board's second relay, to which a bench with an alarm has it wired.
  var alarmOn = false
  /// Out of the cell through a short within it, A; not part of `current`.
  var shortCurrent = 0.0

  /// Names of the columns, in the order of `appendFields`; the first two come from the log.
  static let columns = [
    "record_index", "test_time_second", "pace_second", "unix_time_second", "voltage_volt",
    "current_ampere", "temperature_celsius", "ambient_temperature_celsius", "state_of_charge",
    "open_circuit_voltage_volt", "negative_potential_at_separator_volt",
    "negative_surface_stoichiometry", "positive_surface_stoichiometry",
    "electrolyte_concentration_negative_end_mol_m3",
    "electrolyte_concentration_positive_end_mol_m3", "heat_ohmic_watt",
    "heat_irreversible_watt", "heat_reversible_watt", "contactor_closed", "supply_on", "load_on",
    "internal_short_ampere", "alarm_on",
  ]

  /// Pace time, s.
  var seconds: Double { Double(time) / 1e6 }

  /// The row as text that reads back to the same numbers.
  func line(index: Int, unixTime: Double) -> String {
    let numbers = [
      seconds, seconds, unixTime, outputs.voltage, current, outputs.temperature, ambient,
      outputs.stateOfCharge, outputs.openCircuitVoltage, outputs.negativePotentialAtSeparator,
      outputs.negativeSurfaceStoichiometry, outputs.positiveSurfaceStoichiometry,
      outputs.electrolyteNegativeEnd, outputs.electrolytePositiveEnd, outputs.heatOhmic,
      outputs.heatIrreversible, outputs.heatReversible,
    ]
    var line = String(index)
    for number in numbers { line += ",\(number)" }
    for flag in [contactorClosed, supplyOn, loadOn] { line += flag ? ",1" : ",0" }
    return line + ",\(shortCurrent),\(alarmOn ? 1 : 0)\n"
  }
}
