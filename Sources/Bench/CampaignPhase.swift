public import Prescription
public import Protocols

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
