/// What an excitation may do to a cell, every prediction with `DesignProblem.safety` standard deviations to spare.
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
