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
    // The file's own bytes are the coin: fixed for a campaign, and of no meaning for its cell.
    let coin = document.bytes.reduce(0, ^).nonzeroBitCount % 2 == 1
    for table in try root.tables("phase") {
      let next = try CampaignPhase.expanded(table, after: phases, coin: coin)
      guard phases.count + next.count <= Self.maximumPhases else {
        throw table.error("kind", "\(Self.maximumPhases) phases at most are wanted")
      }
      phases += next
    }
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
