/// What a list of currents, each constant on one interval of a horizon, would do, with its slopes.
///
/// Slopes are per ampere, row-major: entry (interval i, current j) at `i * count + j`; zero where j > i.
public struct HorizonForecast: Sendable, Hashable {
  /// The worst within each interval.
  public var instants: [ChargeForecast]
  /// At the horizon's end, 0..1.
  public var stateOfCharge: Double
  /// At the horizon's end, degC.
  public var temperature: Double
  /// Of `instants`' voltages, V/A.
  public var voltageSlopes: [Double]
  /// Of `instants`' temperatures, K/A.
  public var temperatureSlopes: [Double]
  /// Of `instants`' potentials, V/A.
  public var potentialSlopes: [Double]
  /// Of the state of charge at the end, 1/A.
  public var chargeSlopes: [Double]
  /// Of the temperature at the end, K/A.
  public var finalTemperatureSlopes: [Double]

  /// A forecast from its parts.
  public init(
    instants: [ChargeForecast], stateOfCharge: Double, temperature: Double,
    voltageSlopes: [Double], temperatureSlopes: [Double], potentialSlopes: [Double],
    chargeSlopes: [Double], finalTemperatureSlopes: [Double]
  ) {
    self.instants = instants
    self.stateOfCharge = stateOfCharge
    self.temperature = temperature
    self.voltageSlopes = voltageSlopes
    self.temperatureSlopes = temperatureSlopes
    self.potentialSlopes = potentialSlopes
    self.chargeSlopes = chargeSlopes
    self.finalTemperatureSlopes = finalTemperatureSlopes
  }
}
