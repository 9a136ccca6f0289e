public import Prescription
public import Quantities

/// A charge: what decides, within what.
public struct ChargeWork: Sendable {
  /// What decides on the current.
  public var policy: ChargePolicy
  /// What must be kept, and the charge to reach.
  public var limits: ChargeLimits
  /// Where the chamber may be sent first; nil: it stays as it is.
  public var chamber: ChamberChoice?
  /// Longest that it may take; what is missing then is missed.
  public var timeLimit: Seconds
  /// Whether a target that is missed ends the run (status 1) rather than the phase.
  public var missEndsRun: Bool

  /// Work from its parts.
  public init(
    policy: ChargePolicy, limits: ChargeLimits, chamber: ChamberChoice? = nil,
    timeLimit: Seconds = Seconds(86_400), missEndsRun: Bool = false
  ) {
    self.policy = policy
    self.limits = limits
    self.chamber = chamber
    self.timeLimit = timeLimit
    self.missEndsRun = missEndsRun
  }
}
