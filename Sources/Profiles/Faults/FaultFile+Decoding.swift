import Protocols
import Quantities

extension FaultFile {
  /// Reads the file at `path`.
  public init(path: String) throws(ProfileError) { try self.init(TomlDocument(path: path)) }

  /// Decodes `document`: a list of `[[fault]]`, at least one.
  public init(_ document: TomlDocument) throws(ProfileError) {
    var faults: [Fault] = []
    for table in try document.root.tables("fault") { faults.append(try Fault(table)) }
    try document.finish()
    guard !faults.isEmpty else {
      throw document.root.error("fault", "at least one [[fault]] is wanted")
    }
    self.init(path: document.file, faults: faults)
  }
}

extension Fault {
  init(_ table: TomlTable) throws(ProfileError) {
    kind = try table.choice("kind")
    line = table.line
    place = try Self.place(table, kind)
    effect = try FaultEffect(table, kind)
    let longest = Seconds(0)...Seconds(1e8)
    from = try table.quantity(ifPresent: "from", in: longest) ?? .zero
    to = try table.quantity(ifPresent: "to", in: longest)
    if let to, to <= from { throw table.error("to", "a time after from (\(from)) is wanted") }
    if kind == .wrongChemistry, from.value > 0 || to != nil {
      throw table.error(
        from.value > 0 ? "from" : "to", "the other cell is there from the start to the end")
    }
  }

  private static func place(_ table: TomlTable, _ kind: FaultKind) throws(ProfileError) -> Place {
    switch kind.seat {
    case .bench: return .bench
    case .device: return .device(try table.string("device"))
    case .reading: return .reading(try table.string("reading"))
    case .portOrDevice:
      guard let port = try table.string(ifPresent: "port") else {
        return .device(try table.string("device"))
      }
      guard !table.contains("device") else {
        throw table.error("port", "port or device is wanted, not both")
      }
      return .port(port)
    }
  }
}
