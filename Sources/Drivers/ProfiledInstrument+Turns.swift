internal import Instruments
internal import Profiles
internal import Quantities
internal import Transports

extension ProfiledInstrument {
  /// Closes for `hold` that relay of the pair whose turn it is, if any, and reads both.
  ///
  /// It goes by what was read last, so that nothing stands between the scan's leave to re-arm and the
  /// write: a process that was stopped in a read would close a relay on a verdict of before.
  ///
  /// - Returns: of a relay that was closed, whether it is; else whether one of the two is.
  /// - Throws: also when a relay reads closed though its time is long over: it is none that opens by
  ///   itself.
  func closeInTurn(_ pair: RelayPair, _ arguments: StepArguments) throws(InstrumentError)
    -> Readback
  {
    try refuseHold(pair.first, arguments)
    try refuseHold(pair.second, arguments)
    let due = relayDue(pair, arguments)
    if let due {
      closings[due.closing] = arguments.time
      try write(arguments.hold, to: due.closing)
    }
    for index in pairBatches.indices {
      do throws(LineError) { try read(pairBatches[index]) } catch { throw failure(error) }
    }
    try refuseOverdue(pair.first, arguments)
    try refuseOverdue(pair.second, arguments)
    let read =
      due.map { latest[$0.state] } ?? max(latest[pair.first.state], latest[pair.second.state])
    return Readback(requested: 1, read: read, agrees: read == 1)
  }

  /// A relay seen open has its turn when the other is open, or has at most half of its time left: so
  /// their ends stay apart by what half a hold and the scans in between make, whatever the scans do.
  private func relayDue(_ pair: RelayPair, _ arguments: StepArguments) -> RelayPair.Relay? {
    if hasTurn(pair.first, beside: pair.second, arguments) { return pair.first }
    return hasTurn(pair.second, beside: pair.first, arguments) ? pair.second : nil
  }

  private func hasTurn(
    _ relay: RelayPair.Relay, beside other: RelayPair.Relay, _ arguments: StepArguments
  ) -> Bool {
    guard isOpen(relay) else { return false }
    // A microsecond for times that are sums of scans.
    return isOpen(other) || age(other, arguments) >= arguments.hold / 2 - 1e-6
  }

  private func isOpen(_ relay: RelayPair.Relay) -> Bool {
    qualities[relay.state] == .good && latest[relay.state] == 0
  }

  private func age(_ relay: RelayPair.Relay, _ arguments: StepArguments) -> Double {
    arguments.time - closings[relay.closing]
  }

  // Also when neither has its turn: a hold that no register can say is said at once.
  private func refuseHold(_ relay: RelayPair.Relay, _ arguments: StepArguments)
    throws(InstrumentError)
  {
    let index = relay.closing
    _ = try admit(arguments.hold, profile.values[index], scale: scales[index])
  }

  private func refuseOverdue(_ relay: RelayPair.Relay, _ arguments: StepArguments)
    throws(InstrumentError)
  {
    let age = age(relay, arguments)
    guard !isOpen(relay), age > arguments.hold * 1.5 else { return }
    let since = age.isFinite ? "\(age) s after a closing" : "without a closing"
    throw error(
      .readback,
      "\(profile.values[relay.state].name) reads \(latest[relay.state]) \(since) for "
        + "\(arguments.hold) s, 0 wanted: a relay that does not open by itself")
  }
}
