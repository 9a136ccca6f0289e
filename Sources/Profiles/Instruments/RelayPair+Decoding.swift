extension RelayPair {
  /// `{ in_turn = ["close_a_for", "close_b_for"], value = "hold" }`.
  init(_ table: TomlTable, _ lookup: ValueLookup, _ terms: [ProcedureStep.Term])
    throws(ProfileError)
  {
    let names = try table.strings("in_turn")
    guard names.count == 2 else {
      throw table.error("in_turn", "\(names.count) names: those of two values are wanted")
    }
    guard terms == [.argument(.hold)] else {
      throw table.error("value", "\"hold\" is wanted: relays that close for a time")
    }
    first = try Relay(names[0], table, lookup)
    second = try Relay(names[1], table, lookup)
    guard first.closing != second.closing, first.state != second.state else {
      throw table.error("in_turn", "two relays are wanted, each with a \"shown_by\" of its own")
    }
  }
}

extension RelayPair.Relay {
  fileprivate init(_ name: String, _ table: TomlTable, _ lookup: ValueLookup) throws(ProfileError) {
    closing = try lookup.index(of: name, table, "in_turn", readable: false)
    let value = lookup.values[closing]
    guard value.isWritable, value.writeFunction != 23, value.isRepeatable, value.unit == "s" else {
      throw table.error(
        "in_turn", "\"\(name)\" must be writable in \"s\" and repeatable: a relay closed for a time"
      )
    }
    guard let state = value.shownBy else {
      throw table.error("in_turn", "\"\(name)\" must say by \"shown_by\" what reads its relay")
    }
    self.state = try lookup.index(of: state, table, "in_turn", readable: true)
  }
}

extension InstrumentProfile {
  /// The relays that hold this contactor in turn; nil: one relay, told again while it is closed.
  public var relayPair: RelayPair? {
    for step in commands[.rearm] ?? [] {
      if case .inTurn(let pair) = step.action { return pair }
    }
    return nil
  }

  /// A pair is closed while one of its relays is, and safe when both are seen open.
  func checkPair(_ channels: TomlTable) throws(ProfileError) {
    guard let pair = relayPair else { return }
    let states = [pair.first.state, pair.second.state]
    let names = states.map { values[$0].name }
    guard let closed = channelIndex(named: "closed"),
      case .any(let indices, nil) = self.channels[closed].form, Set(indices) == Set(states)
    else {
      throw channels.error(
        "closed", "{ any = [\"\(names[0])\", \"\(names[1])\"] } is wanted: one of the two is enough"
      )
    }
    for (name, steps) in [
      ("procedure.safe", safe), ("command.open_contactor", commands[.openContactor] ?? []),
    ] {
      let seen = steps.compactMap { step in
        if case .check(let value, [0], _) = step.action { value } else { Int?.none }
      }
      guard let missing = states.first(where: { !seen.contains($0) }) else { continue }
      throw ProfileError(
        file: file, line: steps.last?.line, key: name,
        "{ check = \"\(values[missing].name)\", equals = 0 } is wanted: open is when both relays are"
      )
    }
  }
}
