import Protocols
import Quantities

extension CampaignFile {
  /// Reads the file at `path`.
  public init(path: String) throws(ProfileError) { try self.init(TomlDocument(path: path)) }

  /// Decodes `document`.
  public init(_ document: TomlDocument) throws(ProfileError) {
    let root = document.root
    path = document.file
    bytes = document.bytes
    name = ShippedProfiles.stem(of: document.file)
    asset = try root.string("asset")
    assetLine = root.line(of: "asset")
    if let table = try root.table(ifPresent: "research_override") {
      researchOverride = ResearchOverride(
        by: try table.string("by"), reason: try table.string("reason"))
    }
    if let table = try root.table(ifPresent: "initial") {
      let sd = try table.quantity("sd", in: StateOfCharge(0.001)...StateOfCharge(0.5))
      initial = InitialBelief(
        stateOfCharge: try table.stateOfCharge("state_of_charge"), sd: sd.value)
    }
    phases = []
    for table in try root.tables("phase") { phases.append(try CampaignPhase(table)) }
    guard !phases.isEmpty else { throw root.missing("phase", "at least one [[phase]]") }
    try document.finish()
  }

  /// The campaign that only runs `file` on the cell called `asset`.
  public init(running file: ProtocolFile, asset: String) {
    path = file.path
    bytes = file.bytes
    name = file.name
    self.asset = asset
    assetLine = 1
    let reference = FileReference(kind: .protocol, name: file.path, referrer: "")
    phases = [CampaignPhase(job: .protocol(reference), limits: .none, line: 1)]
  }
}

extension CampaignPhase {
  init(_ table: TomlTable) throws(ProfileError) {
    line = table.line
    let kind = try table.string("kind")
    let kinds = ["protocol", "charge", "identify"]
    switch kind {
    case "protocol":
      job = .protocol(try table.reference("protocol", to: .protocol))
    case "charge":
      job = .charge(try ChargeJob(table))
    case "identify":
      job = .identify(try IdentifyJob(table))
    case "validate", "repeat":
      throw table.error("kind", "not in this version: protocol, identify and charge are")
    default:
      throw table.error(
        "kind", "protocol, identify or charge is wanted" + Suggestion.hint(for: kind, among: kinds))
    }
    limits = .none
    if let limits = try table.table(ifPresent: "limits") {
      self.limits = try PhaseLimits(limits, charging: kind != "protocol")
    }
  }
}

extension ChargeJob {
  init(_ table: TomlTable) throws(ProfileError) {
    let policy = try table.string("policy")
    guard let known = Policy(rawValue: policy) else {
      if ["mpc", "cccv"].contains(policy) {
        throw table.error("policy", "not in this version: ride is")
      }
      throw table.error("policy", "ride is wanted")
    }
    self.policy = known
    target = try table.quantity("to", in: StateOfCharge(0.01)...StateOfCharge(1))
    fallback = try table.current(ifPresent: "fallback") ?? .amperes(Amperes(0))
    guard fallback.number >= 0 else {
      throw table.error("fallback", "zero or a charge current is wanted")
    }
    timeLimit =
      try table.quantity(ifPresent: "time_limit", in: Seconds(1)...Seconds(7 * 86_400))
      ?? Seconds(86_400)
  }
}

extension PhaseLimits {
  init(_ table: TomlTable, charging: Bool) throws(ProfileError) {
    self = .none
    current = try table.current(ifPresent: "current")
    if let current, current.number <= 0 {
      throw table.error("current", "a magnitude above zero is wanted")
    }
    voltage = try table.quantity(ifPresent: "voltage", in: Volts(0.5)...Volts(5))
    temperature = try table.quantity(ifPresent: "temperature", in: Celsius(-60)...Celsius(120))
    if charging {
      platingMargin = try table.quantity(ifPresent: "plating_margin", in: Volts(0)...Volts(0.2))
    }
    for key in table.keys { lines[key] = table.line(of: key) }
  }
}
