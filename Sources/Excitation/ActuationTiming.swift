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
