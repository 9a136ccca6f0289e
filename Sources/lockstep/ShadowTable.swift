import DigitalTwin
import Estimation

/// A shadow's rows as twin CSV, numbers in the fewest digits that round-trip.
struct ShadowTable {
  private(set) var text: String

  /// - Parameter hasBands: the filter tells quantiles and the voltmeter's state; their columns come last.
  init(hasBands: Bool) {
    var names = ["record_index", "test_time_second", "current_ampere", "net_capacity_ah"]
    for name in [
      "voltage_volt", "state_of_charge", "temperature_celsius",
      "negative_potential_at_separator_volt", "negative_surface_stoichiometry",
      "positive_surface_stoichiometry", "voltage_discrepancy_volt",
    ] { names += [name, name + "_sd"] }
    names += [
      "open_circuit_voltage_volt", "voltage_innovation_volt", "voltage_assimilated",
      "filter_restarted",
    ]
    if hasBands {
      names += ["state_of_charge_p05", "state_of_charge_p95", "voltage_stuck_probability"]
    }
    text = names.joined(separator: ",") + "\n"
  }

  mutating func append(_ row: ShadowRow) {
    text += "\(row.recordIndex),\(row.timeText),\(row.current),\(row.netCapacity)"
    let belief = row.belief
    let celsius = Normal(belief.temperature.mean - 273.15, sd: belief.temperature.sd)
    for quantity in [
      row.voltage, belief.stateOfCharge, celsius, belief.negativePotentialAtSeparator,
      belief.negativeSurfaceStoichiometry, belief.positiveSurfaceStoichiometry,
      belief.discrepancy,
    ] { text += ",\(quantity.mean),\(quantity.sd)" }
    let used = row.fate == .used ? 1 : 0
    text += ",\(belief.openCircuitVoltage),\(row.innovation),\(used),\(row.restarted ? 1 : 0)"
    if let band = belief.stateOfChargeBand, let stuck = belief.stuckVoltageProbability {
      text += ",\(band.low),\(band.high),\(stuck)"
    }
    text += "\n"
  }
}
