public import Electrochemistry
public import Excitation
public import Identification
public import Prescription
public import Protocols
public import Quantities

/// One purpose within a campaign.
public struct CampaignPhase: Sendable {
  /// What is done.
  public enum Work: Sendable {
    /// Follows a protocol, open loop but for its ends.
    case steps([ProtocolStep])
    /// One closed-loop charge that rides the tightest of its limits.
    case ride(RideLimits)
    /// Designs excitations from what the twin believes and runs them.
    case identify(IdentifyWork)
  }

  /// What a person calls it.
  public var name: String
  /// What is done.
  public var work: Work

  /// A phase from its parts.
  public init(name: String, work: Work) {
    self.name = name
    self.work = work
  }
}

/// What an identification is to reach, and within what.
public struct IdentifyWork: Sendable {
  /// Parameters with the relative standard deviation wanted of each.
  public var goals: [(parameter: ParameterName, sd: Double)]
  /// Of all excitations together, s.
  public var budget: Double
  /// Of one excitation, s.
  public var round: Double
  /// What may happen to the cell.
  public var limits: ExcitationLimits
  /// The cell's own charge currents by temperature; empty: `limits` hold.
  public var chargeCurrents: [LimitLayer.TemperatureRow]
  /// What the bench's instruments can do.
  public var timing: ActuationTiming
  /// Of the cell's voltage.
  public var voltageErrors: ErrorModel
  /// Of its thermometers.
  public var temperatureErrors: ErrorModel

  /// Work from its parts.
  public init(
    goals: [(parameter: ParameterName, sd: Double)], budget: Double, round: Double,
    limits: ExcitationLimits, chargeCurrents: [LimitLayer.TemperatureRow], timing: ActuationTiming,
    voltageErrors: ErrorModel,
    temperatureErrors: ErrorModel
  ) {
    self.goals = goals
    self.budget = budget
    self.round = round
    self.limits = limits
    self.chargeCurrents = chargeCurrents
    self.timing = timing
    self.voltageErrors = voltageErrors
    self.temperatureErrors = temperatureErrors
  }
}
