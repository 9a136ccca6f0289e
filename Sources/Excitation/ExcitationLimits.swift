import Quantities

/// What an excitation may do to a cell, every prediction with two standard deviations to spare.
public struct ExcitationLimits: Sendable, Hashable {
  /// V, of the cell.
  public var voltage: ClosedRange<Double>
  /// A, positive = charge.
  public var current: ClosedRange<Double>
  /// K, of the cell.
  public var temperature: ClosedRange<Double>
  /// On the file's scale.
  public var stateOfCharge: ClosedRange<Double>
  /// V, of the negative electrode at the separator while it charges; nil: not kept.
  public var platingMargin: Double?

  /// Limits from their parts.
  public init(
    voltage: ClosedRange<Double>, current: ClosedRange<Double>,
    temperature: ClosedRange<Double> = 253.15...318.15,
    stateOfCharge: ClosedRange<Double> = 0.05...0.95, platingMargin: Double? = 0
  ) {
    self.voltage = voltage
    self.current = current
    self.temperature = temperature
    self.stateOfCharge = stateOfCharge
    self.platingMargin = platingMargin
  }
}

/// What the instruments of a bench can do to a current.
public struct ActuationTiming: Sendable, Hashable {
  /// Shortest time that a current stands, s.
  public var dwell: Double
  /// Smallest step of a set-point, A.
  public var resolution: Double
  /// Time without current between charging and discharging, s: one device is made safe, the other armed.
  public var directionChange: Double
  /// Time between samples, s.
  public var period: Double

  /// Timing from its parts.
  public init(
    dwell: Double = 10, resolution: Double = 0.01, directionChange: Double = 2, period: Double = 1
  ) {
    self.dwell = dwell
    self.resolution = resolution
    self.directionChange = directionChange
    self.period = period
  }
}
