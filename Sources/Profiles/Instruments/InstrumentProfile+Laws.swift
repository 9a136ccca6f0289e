extension InstrumentProfile {
  /// What must hold across the parts of a profile.
  func checkLaws(_ root: TomlTable) throws(ProfileError) {
    try checkScales()
    try checkDenials()
    try checkWrittenWhileOff()
    try checkAlarm()
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
    try checkPair(table)
  }

  // What could not be written in an unfinished state must be known before anything runs.
  private func checkScales() throws(ProfileError) {
    for value in values {
      guard case .named(let name) = value.scale else { continue }
      guard let rule = scales[name] else {
        let hint = Suggestion.hint(for: name, among: scales.keys)
        throw error(value, "no scale called \"\(name)\" is declared\(hint)")
      }
      guard case .constant = values[rule.by].scale else {
        throw error(
          value, "\"\(values[rule.by].name)\" decides a scale and must have a constant one")
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
      if case .ordered = step.action {
        throw ProfileError(
          file: file, line: step.line, key: "procedure.safe", "say in which order")
      }
      for term in step.terms {
        if case .constant = term { continue }
        throw ProfileError(
          file: file, line: step.line, key: "procedure.safe", "only constants can be replayed")
      }
    }
  }

  // What may be written only while the device is off is written only right after it was seen off.
  private func checkWrittenWhileOff() throws(ProfileError) {
    for value in values {
      try requireReadable(value.onlyWhileOff, "only_while_off", of: value)
      try requireReadable(value.shownBy, "shown_by", of: value)
    }
    let named = ["open": open, "arm": arm, "safe": safe, "close": close]
    for (name, steps) in named { try checkWrittenWhileOff(steps, "procedure.\(name)") }
    for (name, steps) in commands { try checkWrittenWhileOff(steps, "command.\(name.rawValue)") }
  }

  private func checkWrittenWhileOff(_ steps: [ProcedureStep], _ key: String) throws(ProfileError) {
    var off: Set<Int> = []
    for step in steps {
      if case .check(let value, let allowed, _) = step.action, allowed == [0] { off.insert(value) }
      for written in step.writtenValues {
        guard let name = values[written].onlyWhileOff else { continue }
        if let needed = valueIndex(named: name), off.contains(needed) { continue }
        throw ProfileError(
          file: file, line: step.line, key: key,
          "\(values[written].name) may be written only while \(name) is 0: "
            + "{ check = \"\(name)\", equals = 0 } is wanted before it")
      }
      if maySwitchOn(step) { off = [] }
    }
  }

  private func requireReadable(
    _ name: String?, _ key: String, of value: DeclaredValue
  ) throws(ProfileError) {
    guard let name else { return }
    if let index = valueIndex(named: name), values[index].isReadable { return }
    let hint = Suggestion.hint(for: name, among: values.filter(\.isReadable).map(\.name))
    throw error(value, "\(key): no readable value called \"\(name)\" is declared\(hint)")
  }

  // Zero switches nothing on, nor does a set-point in volts, amperes or watts, nor a mode.
  private func maySwitchOn(_ step: ProcedureStep) -> Bool {
    if step.terms.allSatisfy({ $0 == .constant(0) }) { return false }
    return step.writtenValues.contains {
      values[$0].unit.isEmpty && values[$0].onlyWhileOff == nil
    }
  }

  private func error(_ value: DeclaredValue, _ problem: String) -> ProfileError {
    ProfileError(file: file, line: value.line, key: "value.\(value.name)", problem)
  }
}
