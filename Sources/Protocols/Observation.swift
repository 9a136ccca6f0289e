public import Quantities

/// What a protocol sees of one scan. A value that is missing (nil) ends no step.
public struct Observation: Sendable, Hashable {
  /// Time on the pace clock; never before the last one's.
  public var time: Seconds
  /// Measured cell voltage.
  public var cellVoltage: Volts?
  /// Measured current, positive when it charges.
  public var current: Amperes?
  /// Surface temperature (the mean of the valid sensors).
  public var surfaceTemperature: Celsius?
  /// Ambient temperature.
  public var ambient: Celsius?
  /// State of charge by the twin's estimate.
  public var stateOfCharge: StateOfCharge?

  /// An observation from its parts.
  public init(
    time: Seconds, cellVoltage: Volts? = nil, current: Amperes? = nil,
    surfaceTemperature: Celsius? = nil, ambient: Celsius? = nil,
    stateOfCharge: StateOfCharge? = nil
  ) {
    self.time = time
    self.cellVoltage = cellVoltage
    self.current = current
    self.surfaceTemperature = surfaceTemperature
    self.ambient = ambient
    self.stateOfCharge = stateOfCharge
  }
}
