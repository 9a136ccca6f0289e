import Protocols
import Quantities

extension CampaignPhase {
  /// What one `[[phase]]` stands for: itself, the phases of a comparison, or those before it again.
  ///
  /// - Parameter coin: whether the baseline begins the first comparison.
  static func expanded(
    _ table: TomlTable, after before: [CampaignPhase], coin: Bool
  ) throws(ProfileError) -> [CampaignPhase] {
    let kind = try table.string("kind")
    let kinds = ["protocol", "charge", "identify", "validate", "repeat"]
    var phase: CampaignPhase
    switch kind {
    case "protocol":
      phase = CampaignPhase(.protocol(try table.reference("protocol", to: .protocol)), table)
    case "charge":
      phase = CampaignPhase(.charge(try ChargeJob(table)), table)
    case "identify":
      phase = CampaignPhase(.identify(try IdentifyJob(table)), table)
    case "validate":
      return try ValidateJob(table).phases(
        table, after: before.count { $0.arm == .baseline }, coin: coin)
    case "repeat": return try again(table, before)
    default:
      throw table.error(
        "kind",
        "protocol, charge, identify, validate or repeat is wanted"
          + Suggestion.hint(for: kind, among: kinds))
    }
    if let limits = try table.table(ifPresent: "limits") {
      phase.limits = try PhaseLimits(limits, charging: kind != "protocol")
    }
    return [phase]
  }

  init(_ job: Job, _ table: TomlTable) {
    (self.job, limits, line) = (job, .none, table.line)
  }

  /// The last `phases` of what stands before, `times` more.
  private static func again(
    _ table: TomlTable, _ before: [CampaignPhase]
  ) throws(ProfileError) -> [CampaignPhase] {
    let count = try table.integer("phases", in: 1...CampaignFile.maximumPhases)
    let times = try table.integer("times", in: 1...CampaignFile.maximumPhases)
    guard count <= before.count else {
      throw table.error("phases", "\(before.count) at most stand before it")
    }
    guard count * times <= CampaignFile.maximumPhases else {
      throw table.error("times", "\(CampaignFile.maximumPhases) phases at most are wanted")
    }
    return (0..<times).flatMap { _ in before.suffix(count) }
  }
}

extension ChargeJob {
  init(_ table: TomlTable) throws(ProfileError) {
    try self.init(
      table, target: table.quantity("to", in: StateOfCharge(0.01)...StateOfCharge(1)))
  }

  /// - Parameter target: of both arms of a comparison.
  init(_ table: TomlTable, target: StateOfCharge) throws(ProfileError) {
    let policy = try table.string("policy")
    guard let known = Policy(rawValue: policy) else {
      throw table.error(
        "policy",
        "cccv, ride or mpc is wanted"
          + Suggestion.hint(for: policy, among: Policy.allCases.map(\.rawValue)))
    }
    self.policy = known
    self.target = target
    fallback = try table.current(ifPresent: "fallback") ?? .amperes(Amperes(0))
    guard fallback.number >= 0 else {
      throw table.error("fallback", "zero or a charge current is wanted")
    }
    timeLimit =
      try table.quantity(ifPresent: "time_limit", in: Seconds(1)...Seconds(7 * 86_400))
      ?? Seconds(86_400)
    onMiss = try MissedGoal(table)
    if let choice = try table.table(ifPresent: "chamber") {
      guard known != .cccv else {
        throw table.error("chamber", "a ride or an mpc is wanted to choose among its set-points")
      }
      chamberSetPoints = try choice.quantities("choose", in: Celsius(-60)...Celsius(100))
      guard (1...8).contains(chamberSetPoints.count) else {
        throw choice.error("choose", "1 to 8 set-points are wanted")
      }
      chamberTimeConstant = try choice.quantity(
        "time_constant", in: Seconds(1)...Seconds(86_400))
    }
    if known == .cccv {
      current = try table.current(ifPresent: "current")
      if let current, current.number <= 0 {
        throw table.error("current", "a charge current above zero is wanted")
      }
      voltage = try table.quantity(ifPresent: "voltage", in: Volts(0.5)...Volts(5))
      guard (current == nil) == (voltage == nil) else {
        throw table.missing(
          current == nil ? "current" : "voltage",
          "the other of current and voltage, or neither,")
      }
    }
    if known == .mpc {
      horizon =
        try table.quantity(ifPresent: "horizon", in: Seconds(30)...Seconds(3600)) ?? Seconds(300)
      if let weights = try table.table(ifPresent: "cost") {
        temperatureCost = try weights.number(ifPresent: "temperature", in: 0...100) ?? 0
        platingCost = try weights.number(ifPresent: "plating", in: 0...100) ?? 0
      }
    }
  }
}

extension MissedGoal {
  init(_ table: TomlTable) throws(ProfileError) {
    guard let word = try table.string(ifPresent: "on_missed") else {
      self = .goOn
      return
    }
    guard let known = MissedGoal(rawValue: word) else {
      throw table.error("on_missed", "go_on or stop is wanted")
    }
    self = known
  }
}
