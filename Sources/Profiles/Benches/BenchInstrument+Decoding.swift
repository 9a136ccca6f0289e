import Quantities

extension BenchInstrument {
  init(_ table: TomlTable, _ name: String) throws(ProfileError) {
    let letters = name.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0))
    }
    guard letters, !name.isEmpty else {
      throw ProfileError(
        file: table.file, line: table.line, key: table.path,
        "a name of letters, digits, - and _ is wanted")
    }
    self.name = name
    line = table.line
    profile = try table.reference("profile", to: .instrument)
    let text = try table.string("port")
    guard let port = Port(text) else {
      throw table.error("port", "\"rig\", a path (\"/dev/...\") or \"host:port\" is wanted")
    }
    self.port = port
    role = try table.choice("role")
    unit = try table.integer(ifPresent: "unit", in: 1...247)
    if role == .contactor {
      hold = try table.quantity("hold", in: Seconds(0.1)...Seconds(60))
      channel = try table.integer(ifPresent: "channel", in: 1...64)
    }
  }
}
