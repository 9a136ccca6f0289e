import Quantities

extension BenchFile {
  /// Refuses a hold too short for two relays in turn at this scan period.
  ///
  /// - Parameter profiles: those of the bench's instruments, in their order.
  public func checkHold(_ profiles: [InstrumentProfile]) throws(ProfileError) {
    for (contactor, profile) in zip(instruments, profiles) {
      guard let hold = contactor.hold, profile.relayPair != nil else { continue }
      let scans = Double(RelayPair.leastScans)
      let least = max(scan * scans, Seconds(RelayPair.leastHold))
      // A microsecond for what decimal fractions of a second are in binary.
      guard hold < least - Seconds(1e-6) else { continue }
      throw ProfileError(
        file: path, line: contactor.line, key: "instrument.\(contactor.name).hold",
        value: "\(hold)",
        "two relays in turn (\(profile.file)): at least \(least) is wanted, "
          + "\(RelayPair.leastScans) scans of \(scan) and \(RelayPair.leastHold) s")
    }
  }
}
