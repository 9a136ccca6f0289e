internal import CRealtime
internal import Instruments
internal import Profiles
internal import Quantities
internal import Transports

extension ProfiledInstrument {
  /// Writes `amount` (in the value's unit) to the value at `index`. With `reading`, that value is read
  /// in the same transaction. Nothing is written blindly twice: after a lost reply the value is read,
  /// and written again only when the device still has what it had; unless the profile says that
  /// twice is as good as once.
  func write(_ amount: Double, to index: Int, reading: Int? = nil) throws(InstrumentError) {
    let value = profile.values[index]
    let count = try admit(amount, value, scale: scales[index])
    let held = count == 0 ? 0 : count * scales[index]
    // What shows the write: the value itself, or another that the profile names.
    let shown = value.isReadable ? index : value.shownBy.flatMap(profile.valueIndex(named:))
    let before = shown.map { latest[$0] } ?? .nan
    let attempts = value.isRepeatable ? profile.timing.readAttempts : 2
    let begun = lockstep_monotonic_nanoseconds()
    for attempt in 1...max(1, attempts) {
      do throws(LineError) {
        try send(count, index, reading: reading)
        break
      } catch {
        guard !error.isRefusal, attempt < attempts, !isHeldUp(since: begun, attempts: attempt)
        else { throw failure(error) }
        if value.isRepeatable { continue }
        guard let shown else { throw failure(error) }
        let found = try readOrThrow(shown)
        if found == held { break }
        guard before.isNaN || found == before else {
          throw self.error(
            .bus,
            "\(failure(error).description); \(profile.values[shown].name) then reads \(found), neither "
              + "\(held) as sent nor \(before) as before: not sent again")
        }
      }
    }
    latest[index] = held
  }

  /// Whether more time has gone by than the device itself can have taken: this process was stopped, and
  /// what it was about to say again may be said no more (a contactor would be re-armed on a verdict of
  /// before).
  private func isHeldUp(since begun: Int64, attempts: Int) -> Bool {
    let own = profile.timing.replyTimeout.value * Double(attempts)
    return Double(lockstep_monotonic_nanoseconds() - begun) / 1e9 > own + Self.patience
  }

  /// The longest silence of the heart, s.
  private static let patience = 0.5

  // The last gate before the wire: the counts to send.
  func admit(_ amount: Double, _ value: DeclaredValue, scale: Double)
    throws(InstrumentError) -> Double
  {
    let denied = value.writeFunction == 5 ? profile.denials.coils : profile.denials.registers
    guard value.isWritable,
      value.text != nil || !denied.contains(where: { $0.overlaps(value.addresses) })
    else { throw error(.unsupported, "\(value.name) must not be written") }
    guard let count = value.nearestCount(to: amount, scale: scale) else {
      throw error(.unsupported, "\(amount) \(value.unit) does not fit into \(value.name)")
    }
    guard value.allowedWrites?.contains(count * scale) ?? true,
      !value.deniedWrites.contains(where: { Double($0) == count })
    else { throw error(.unsupported, "\(amount) must not be written to \(value.name)") }
    return count
  }

  private func send(_ count: Double, _ index: Int, reading: Int?) throws(LineError) {
    guard let reading else { return try line.write(count, to: index) }
    store(reading, try line.exchange(count, to: index, reading: reading))
  }

  /// `readValue` with the instrument's error.
  func readOrThrow(_ index: Int) throws(InstrumentError) -> Double {
    do throws(LineError) { return try readValue(index) } catch { throw failure(error) }
  }

  func failure(_ error: LineError) -> InstrumentError {
    InstrumentError(.bus, error.description)
  }
}
