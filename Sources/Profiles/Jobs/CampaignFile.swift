public import Protocols
public import Quantities

/// A campaign as its file says: `profiles/campaigns/*.toml`. Decoded and checked in itself;
/// `RunFiles` checks it against bench, cell and protocols.
public struct CampaignFile: Sendable {
  /// Most phases that a campaign may come to, with repeats and comparisons written out.
  public static let maximumPhases = 1000

  /// The file as it was named.
  public var path: String
  /// The file's bytes, for the journal.
  public var bytes: [UInt8]
  /// Its name: the file's.
  public var name: String
  /// The cell that it is for.
  public var asset: String
  /// Line of `asset` in the file.
  public var assetLine: Int
  /// Lifts the cell's table of charge currents, and nothing else; nil: the data sheet holds.
  public var researchOverride: ResearchOverride?
  /// What is believed of the cell's charge at the start; nil: it is found from the voltage.
  public var initial: InitialBelief?
  /// At least one.
  public var phases: [CampaignPhase]
}

/// Who goes past a data sheet, and why.
public struct ResearchOverride: Sendable, Hashable, CustomStringConvertible {
  /// A person.
  public var by: String
  /// Why.
  public var reason: String

  /// As in `by: reason`.
  public var description: String { "\(by): \(reason)" }
}

/// A belief of the state of charge.
public struct InitialBelief: Sendable, Hashable {
  /// Mean, 0..1.
  public var stateOfCharge: StateOfCharge
  /// Standard deviation, 0..1.
  public var sd: Double
}

/// One purpose of a campaign.
public struct CampaignPhase: Sendable {
  /// What is done.
  public enum Job: Sendable {
    /// The steps of a protocol.
    case `protocol`(FileReference)
    /// A charge that a policy decides on.
    case charge(ChargeJob)
    /// Designed excitations.
    case identify(IdentifyJob)
  }

  /// A side of a comparison of charges on the same cell.
  public enum Arm: String, Sendable, Hashable, CaseIterable { case prescription, baseline }

  /// When the cell's charge is counted around a comparison's pairs.
  public enum CapacityCount: String, Sendable, Hashable, CaseIterable { case before, after }

  /// What is done.
  public var job: Job
  /// Part of a comparison that it is; nil: of none.
  public var arm: Arm?
  /// Count of the cell's charge that its protocol is; nil: none.
  public var capacity: CapacityCount?
  /// The limits of this phase, inside the cell's.
  public var limits: PhaseLimits
  /// Line of its table in the file.
  public var line: Int
}

/// A closed-loop charge.
public struct ChargeJob: Sendable, Hashable {
  /// What decides on the current.
  public enum Policy: String, Sendable, Hashable, CaseIterable {
    /// A constant current, then a constant voltage.
    case cccv
    /// Ride the tightest of the limits.
    case ride
    /// The currents of a horizon that cost least.
    case mpc
  }

  /// What decides on the current.
  public var policy: Policy
  /// The charge to reach, by the estimate.
  public var target: StateOfCharge
  /// Used while the twin has no answer.
  public var fallback: CurrentValue
  /// Longest that it may take.
  public var timeLimit: Seconds
  /// What a target that is missed ends.
  public var onMiss: MissedGoal
  /// Of a cccv; nil: the fastest admissible pair is looked for.
  public var current: CurrentValue?
  /// Of a cccv.
  public var voltage: Volts?
  /// Set-points of the chamber to choose among before a ride or an mpc; empty: it stays as it is.
  public var chamberSetPoints: [Celsius] = []
  /// In which the chamber's air comes nearer to a new set-point by 63 %.
  public var chamberTimeConstant = Seconds(600)
  /// Of an mpc.
  public var horizon = Seconds(300)
  /// Of an mpc: seconds per second and kelvin above 25 degC.
  public var temperatureCost = 0.0
  /// Of an mpc: seconds per second at a separator potential of 0 V.
  public var platingCost = 0.0
}

/// What a goal that is missed ends.
public enum MissedGoal: String, Sendable, Hashable, CaseIterable {
  /// The phase, with a warning.
  case goOn = "go_on"
  /// The run, with status 1.
  case stop
}

/// The limits of a phase; nil: the outer layers' hold.
public struct PhaseLimits: Sendable, Hashable {
  /// Largest magnitude of current.
  public var current: CurrentValue?
  /// Highest cell voltage.
  public var voltage: Volts?
  /// Highest surface temperature.
  public var temperature: Celsius?
  /// Least negative potential at the separator (estimate - 2 sd); charge only.
  public var platingMargin: Volts?
  /// Where each stands in the file, by key.
  public var lines: [String: Int]

  /// Limits that limit nothing.
  public static let none = PhaseLimits(lines: [:])
}
