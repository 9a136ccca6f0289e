public import Quantities

/// What a constraint-riding charge must keep to.
public struct ChargeLimits: Sendable, Hashable {
  /// Largest charge current.
  public var current: Amperes
  /// Highest cell voltage.
  public var voltage: Volts
  /// Highest cell temperature.
  public var temperature: Celsius
  /// Lowest negative electrode potential at the separator; estimate - `confidence` sd stays at or above.
  public var platingMargin: Volts
  /// The charge ends here.
  public var targetStateOfCharge: StateOfCharge
  /// How many sd every predicted bound is backed off by.
  public var confidence: Double
  /// How far the current may rise per second; it may fall at once. Infinite: no limit.
  public var riseRate: Double

  /// Limits from their parts.
  /// - Parameters:
  ///   - confidence: sd; the promised margin is 2.
  ///   - riseRate: A/s.
  public init(
    current: Amperes, voltage: Volts, temperature: Celsius, platingMargin: Volts,
    targetStateOfCharge: StateOfCharge, confidence: Double = 2, riseRate: Double = .infinity
  ) {
    self.current = current
    self.voltage = voltage
    self.temperature = temperature
    self.platingMargin = platingMargin
    self.targetStateOfCharge = targetStateOfCharge
    self.confidence = confidence
    self.riseRate = riseRate
  }
}
