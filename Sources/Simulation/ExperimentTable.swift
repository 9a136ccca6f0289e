import Electrochemistry

/// An experiment's rows as twin CSV; numbers are the shortest text that reads back as the same.
public enum ExperimentTable {
  /// The columns, in order.
  public static let columns = [
    "record_index", "test_time_second", "step_count", "voltage_volt", "current_ampere",
    "temperature_celsius", "negative_surface_stoichiometry", "positive_surface_stoichiometry",
    "electrolyte_concentration_negative_end_mol_m3",
    "electrolyte_concentration_positive_end_mol_m3", "negative_potential_at_separator_volt",
    "net_capacity_ah", "open_circuit_voltage_volt", "heat_ohmic_watt", "heat_irreversible_watt",
    "heat_reversible_watt", "state_of_charge",
  ]

  /// The header with its line end.
  public static var header: String { columns.joined(separator: ",") + "\n" }

  /// One line with its end.
  public static func line(_ row: ExperimentRow) -> String {
    let (cell, y) = (row.cell, row.cell.outputs)
    let values = [
      y.voltage, cell.current, y.temperature - 273.15, y.negativeSurfaceStoichiometry,
      y.positiveSurfaceStoichiometry, y.electrolyteNegativeEnd, y.electrolytePositiveEnd,
      y.negativePotentialAtSeparator, cell.netCapacity, y.openCircuitVoltage, y.heatOhmic,
      y.heatIrreversible, y.heatReversible, y.stateOfCharge,
    ]
    var line = "\(row.index),\(cell.time),\(row.stepCount)"
    for value in values { line += ",\(value)" }
    return line + "\n"
  }
}
