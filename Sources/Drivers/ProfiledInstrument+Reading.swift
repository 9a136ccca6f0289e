internal import Profiles
public import Quantities
internal import Transports

extension ProfiledInstrument {
  /// One request per batch. After one that fails for good the rest stay missing.
  public func acquire(at now: Seconds, into readings: inout [Reading<Double>]) {
    for index in qualities.indices { qualities[index] = .missing }
    for index in batches.indices {
      // A device that is silent now will not answer the next request either.
      do throws(LineError) { try read(batches[index]) } catch { break }
    }
    for index in readings.indices {
      readings[index] =
        index < profile.channels.count
        ? reading(of: profile.channels[index], at: now)
        : Reading(.nan, at: now, quality: .missing)
    }
  }

  private func reading(of channel: InstrumentProfile.Delivery, at now: Seconds)
    -> Reading<Double>
  {
    switch channel.form {
    case .value(let index): Reading(latest[index], at: now, quality: qualities[index])
    case .any(let indices, let fallen): anyOf(indices, fallen: fallen, at: now)
    case .signed(let magnitude, let sign): signed(magnitude, sign, at: now)
    }
  }

  private func anyOf(_ indices: [Int], fallen: Int?, at now: Seconds) -> Reading<Double> {
    var quality = Quality.good
    for position in indices.indices {
      let index = indices[position]
      guard qualities[index] == .good else {
        quality = qualities[index]
        continue
      }
      if latest[index] != 0 { return Reading(1, at: now) }
    }
    if let fallen {
      if qualities[fallen] != .good { quality = qualities[fallen] }
      if isSwitchedOn, qualities[fallen] == .good, latest[fallen] == 0 { hasFallen = true }
      if hasFallen { return Reading(1, at: now) }
    }
    return Reading(quality == .good ? 0 : .nan, at: now, quality: quality)
  }

  private func signed(_ magnitude: Int, _ sign: Int, at now: Seconds) -> Reading<Double> {
    guard qualities[sign] == .good else {
      return Reading(.nan, at: now, quality: qualities[sign])
    }
    let value = latest[sign] == 0 ? latest[magnitude] : 0 - latest[magnitude]
    return Reading(value, at: now, quality: qualities[magnitude])
  }

  /// Reads one batch, as often as the profile says, and decodes it.
  func read(_ batch: ReadBatch) throws(LineError) {
    var attempt = 1
    while true {
      do throws(LineError) {
        try request(batch)
        return
      } catch {
        guard attempt < profile.timing.readAttempts, !error.isRefusal else { throw error }
        attempt += 1
      }
    }
  }

  private func request(_ batch: ReadBatch) throws(LineError) {
    try line.read(batch, into: counts)
    // By index: in builds without optimisation an iterator allocates.
    for index in batch.slots.indices {
      let value = batch.slots[index].value
      store(value, counts[value])
    }
  }

  /// Takes over what came for the value at `index`.
  func store(_ index: Int, _ count: Double) {
    let (value, quality) = profile.values[index].decode(count: count, scale: scales[index])
    latest[index] = value
    qualities[index] = quality
  }

  /// Reads the value at `index` alone, in its unit; NaN when its sensor is at fault.
  func readValue(_ index: Int) throws(LineError) -> Double {
    try read(singles[index])
    return latest[index]
  }
}
