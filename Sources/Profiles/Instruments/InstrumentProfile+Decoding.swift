internal import Protocols
internal import Quantities

extension InstrumentProfile {
  /// Reads and checks the profile at `path`.
  public init(path: String) throws(ProfileError) {
    try self.init(document: TomlDocument(path: path))
  }

  /// Decodes `text` as if it stood in `file`.
  public init(text: String, file: String) throws(ProfileError) {
    try self.init(document: TomlDocument(text: text, file: file))
  }

  /// The shipped profile called `name`, or the one at the path `name`; see
  /// `ShippedProfiles.locate`.
  public static func load(
    _ name: String, from referrer: String? = nil, root: String? = nil
  ) throws(ProfileError) -> InstrumentProfile {
    let path = try ShippedProfiles.locate(
      kind: .instrument, name: name, from: referrer, root: root)
    return try InstrumentProfile(path: path)
  }

  /// Decodes and checks `document`.
  public init(document: TomlDocument) throws(ProfileError) {
    let root = document.root
    let about = try root.table("instrument")
    file = document.file
    bytes = document.bytes
    vendor = try about.string("vendor")
    model = try about.string("model")
    kind = try about.choice("kind")
    confidence = try about.string("confidence")
    sources = try about.strings("sources")
    quirks = try about.strings("quirks")
    unknown = try about.strings("unknown")
    commsLoss = try root.table("safety").string("comms_loss")
    rating = try Self.rating(root)
    transport = try Self.transport(root)
    timing = try Self.timing(root)
    values = try DeclaredValue.decodeAll(root, transport.dialect)
    let lookup = ValueLookup(values: values)
    identity = try Self.identity(root, lookup)
    scales = try Self.scales(root, lookup)
    readable = try Self.readable(root)
    denials = try Self.denials(root)
    try Self.applyDeniedValues(root, lookup, to: &values)
    channels = try Self.channels(root, lookup)
    let procedures = try root.table(ifPresent: "procedure")
    func steps(_ name: String, _ arguments: [StepArgument]) throws(ProfileError)
      -> [ProcedureStep]
    {
      guard let procedures else { return [] }
      return try ProcedureStep.decode(procedures, name, lookup, arguments)
    }
    open = try steps("open", [])
    arm = try steps("arm", StepArgument.limits)
    safe = try steps("safe", [])
    close = try steps("close", [])
    commands = try Self.commands(root, lookup)
    try document.finish()
    try checkLaws(root)
  }

  private static func commands(_ root: TomlTable, _ lookup: ValueLookup) throws(ProfileError)
    -> [CommandName: [ProcedureStep]]
  {
    guard let table = try root.table(ifPresent: "command") else { return [:] }
    var commands: [CommandName: [ProcedureStep]] = [:]
    for name in CommandName.allCases where table.contains(name.rawValue) {
      commands[name] = try ProcedureStep.decode(table, name.rawValue, lookup, name.arguments)
    }
    return commands
  }

  private static func rating(_ root: TomlTable) throws(ProfileError) -> Rating {
    guard let table = try root.table(ifPresent: "rating") else { return Rating() }
    return Rating(
      voltage: try table.quantity(ifPresent: "voltage"),
      current: try table.quantity(ifPresent: "current"),
      power: try table.quantity(ifPresent: "power"))
  }

  private static func identity(_ root: TomlTable, _ lookup: ValueLookup) throws(ProfileError)
    -> Identity?
  {
    guard let table = try root.table(ifPresent: "identity") else { return nil }
    return Identity(
      value: try lookup.index(table, "value", readable: true),
      allowed: try table.integers("allowed"))
  }
}
