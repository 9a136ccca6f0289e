public import Quantities

/// What the controller itself has done, for the monitor to hold the readings against.
public struct DriveReport: Sendable, Hashable {
  /// Set-point in force, positive charges.
  public var setPoint: Amperes
  /// Highest voltage that the supply may go to.
  public var ceiling: Volts
  /// Whether the contactor is held closed.
  public var holdsContactor: Bool
  /// Number of the protocol step, monotone over the run.
  public var step: Int

  /// A report from its parts.
  public init(setPoint: Amperes, ceiling: Volts, holdsContactor: Bool, step: Int) {
    self.setPoint = setPoint
    self.ceiling = ceiling
    self.holdsContactor = holdsContactor
    self.step = step
  }
}
