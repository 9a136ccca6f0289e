public import Protocols

/// One purpose within a campaign.
public struct CampaignPhase: Sendable {
  /// What is done.
  public enum Work: Sendable {
    /// Follows a protocol, open loop but for its ends.
    case steps([ProtocolStep])
    /// One charge that a policy decides on.
    case charge(ChargeWork)
    /// Designs excitations from what the twin believes and runs them.
    case identify(IdentifyWork)
  }

  /// A side of a comparison of charges on the same cell.
  public enum Arm: String, Sendable, Hashable, CaseIterable { case prescription, baseline }

  /// What a person calls it.
  public var name: String
  /// Part of a comparison that it is.
  public var arm: Arm?
  /// What is done.
  public var work: Work

  /// A phase from its parts.
  public init(name: String, work: Work, arm: Arm? = nil) {
    self.name = name
    self.arm = arm
    self.work = work
  }
}
