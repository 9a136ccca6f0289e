extension InstrumentProfile {
  /// What must hold across the parts of a profile.
  func checkLaws(_ root: TomlTable) throws(ProfileError) {
    try checkScales()
    try checkDenials()
    let table = try root.table("channel")
    for name in kind.requiredChannels where channelIndex(named: name) == nil {
      throw table.error(name, "missing: a \(kind.rawValue) must deliver it")
    }
    guard !channels.isEmpty else { throw root.error("channel", "delivers nothing") }
    for name in kind.requiredCommands where commands[name] == nil {
      throw ProfileError(
        file: file, line: root.line, key: "command.\(name.rawValue)",
        "missing: a \(kind.rawValue) must take it")
    }
    if kind.carriesCurrent { try checkSafe() }
  }

  // What could not be written in an unfinished state must be known before anything runs.
  private func checkScales() throws(ProfileError) {
    for value in values {
      guard case .named(let name) = value.scale else { continue }
      guard let table = scales[name] else {
        throw error(value, "no scale called \"\(name)\" is declared")
      }
      guard case .constant = values[table.by].scale else {
        throw error(
          value, "\"\(values[table.by].name)\" decides a scale and must have a constant one")
      }
    }
  }

  private func checkDenials() throws(ProfileError) {
    for value in values where value.writeFunction != nil {
      let denied = value.writeFunction == 5 ? denials.coils : denials.registers
      guard let range = denied.first(where: { $0.overlaps(value.addresses) }) else { continue }
      throw error(
        value,
        "address \(value.address) must never be written (\(range.lowerBound) to \(range.upperBound))"
      )
    }
  }

  // The guard replays bytes: what it writes must be known now, and must end in a proof.
  private func checkSafe() throws(ProfileError) {
    guard let last = safe.last, case .check = last.action else {
      throw ProfileError(
        file: file, line: safe.last?.line, key: "procedure.safe",
        "must end in a check: safe is what the device confirms")
    }
    for step in safe {
      if case .exchange = step.action {
        throw ProfileError(
          file: file, line: step.line, key: "procedure.safe", "function 23 cannot be replayed")
      }
      for term in step.terms {
        if case .constant = term { continue }
        throw ProfileError(
          file: file, line: step.line, key: "procedure.safe", "only constants can be replayed")
      }
    }
  }

  private func error(_ value: RegisterValue, _ problem: String) -> ProfileError {
    ProfileError(file: file, line: value.line, key: "value.\(value.name)", problem)
  }
}
