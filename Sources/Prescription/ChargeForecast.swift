/// What one candidate current would do within the next control period: the worst of start and end.
public struct ChargeForecast: Sendable, Hashable {
  /// Highest cell voltage, V.
  public var voltage: Double
  /// Its sd, V, sensor excluded.
  public var voltageSD: Double
  /// Highest temperature, degC.
  public var temperature: Double
  /// Its sd, K.
  public var temperatureSD: Double
  /// Lowest negative electrode potential at the separator, V.
  public var negativePotential: Double
  /// Its sd, V.
  public var negativePotentialSD: Double

  /// A forecast from its parts.
  public init(
    voltage: Double, voltageSD: Double, temperature: Double, temperatureSD: Double,
    negativePotential: Double, negativePotentialSD: Double
  ) {
    self.voltage = voltage
    self.voltageSD = voltageSD
    self.temperature = temperature
    self.temperatureSD = temperatureSD
    self.negativePotential = negativePotential
    self.negativePotentialSD = negativePotentialSD
  }
}
