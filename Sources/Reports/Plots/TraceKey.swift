/// One curve of a report, as an expression over the joined rows `s` (sample), `e` (estimate) and
/// `d` (decision) of a scan, in the unit that the picture shows.
enum TraceKey: Int, CaseIterable {
  case voltage, predictedVoltage, predictedVoltageLow, predictedVoltageHigh, innovation, current
  case stateOfCharge, stateOfChargeLow, stateOfChargeHigh
  case temperature, temperatureLow, temperatureHigh, surfaceTemperature, ambientTemperature
  case platingPotential, platingPotentialLow, platingPotentialHigh

  var sql: String {
    switch self {
    case .voltage: "s.voltage_volt"
    case .predictedVoltage: "e.predicted_voltage_volt"
    case .predictedVoltageLow: band("predicted_voltage_volt", "-", 1)
    case .predictedVoltageHigh: band("predicted_voltage_volt", "+", 1)
    case .innovation: "1000 * e.voltage_innovation_volt"
    case .current: "s.current_ampere"
    case .stateOfCharge: "100 * e.state_of_charge"
    case .stateOfChargeLow: band("state_of_charge", "-", 100)
    case .stateOfChargeHigh: band("state_of_charge", "+", 100)
    case .temperature: "e.temperature_celsius"
    case .temperatureLow: band("temperature_celsius", "-", 1)
    case .temperatureHigh: band("temperature_celsius", "+", 1)
    case .surfaceTemperature: "s.surface_temperature_celsius"
    case .ambientTemperature: "s.ambient_temperature_celsius"
    case .platingPotential: "1000 * e.negative_potential_at_separator_volt"
    case .platingPotentialLow: band("negative_potential_at_separator_volt", "-", 1000)
    case .platingPotentialHigh: band("negative_potential_at_separator_volt", "+", 1000)
    }
  }

  /// Estimate plus or minus two standard deviations.
  private func band(_ column: String, _ sign: String, _ factor: Int) -> String {
    "\(factor) * (e.\(column) \(sign) 2 * e.\(column)_sd)"
  }
}
