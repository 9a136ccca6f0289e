internal import Profiles
public import Quantities
internal import Transports

extension ModbusInstrument {
  /// One request per batch. After one that fails for good the rest stay missing.
  public func acquire(at now: Seconds, into readings: inout [Reading<Double>]) {
    for index in qualities.indices { qualities[index] = .missing }
    for index in batches.indices {
      // A device that is silent now will not answer the next request either.
      do throws(ModbusError) { try read(batches[index]) } catch { break }
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
    guard channel.isAny else {
      let index = channel.values[0]
      return Reading(latest[index], at: now, quality: qualities[index])
    }
    var quality = Quality.good
    for position in channel.values.indices {
      let index = channel.values[position]
      guard qualities[index] == .good else {
        quality = qualities[index]
        continue
      }
      if latest[index] != 0 { return Reading(1, at: now) }
    }
    return Reading(quality == .good ? 0 : .nan, at: now, quality: quality)
  }

  /// Reads one batch, as often as the profile says, and decodes it.
  func read(_ batch: ReadBatch) throws(ModbusError) {
    var attempt = 1
    while true {
      do throws(ModbusError) {
        try request(batch)
        return
      } catch {
        guard attempt < profile.timing.readAttempts, !error.isRefusal else { throw error }
        attempt += 1
      }
    }
  }

  private func request(_ batch: ReadBatch) throws(ModbusError) {
    if batch.isBits {
      let part = UnsafeMutableBufferPointer(rebasing: bits[..<batch.count])
      try line.readBits(function: batch.function, address: batch.address, into: part)
    } else {
      let part = UnsafeMutableBufferPointer(rebasing: words[..<batch.count])
      try line.readWords(function: batch.function, address: batch.address, into: part)
    }
    // By index: in builds without optimisation an iterator allocates.
    for index in batch.slots.indices {
      let slot = batch.slots[index]
      store(slot.value, wordsAt(slot, batch))
    }
  }

  private func wordsAt(_ slot: ReadBatch.Slot, _ batch: ReadBatch) -> RegisterWords {
    if batch.isBits { return RegisterWords(UInt16(bits[slot.offset])) }
    if profile.values[slot.value].encoding.wordCount == 1 {
      return RegisterWords(words[slot.offset])
    }
    return RegisterWords(words[slot.offset], words[slot.offset + 1])
  }

  /// Takes over what came for the value at `index`.
  func store(_ index: Int, _ words: RegisterWords) {
    let (value, quality) = profile.values[index].decode(words, scale: scales[index])
    latest[index] = value
    qualities[index] = quality
  }

  /// Reads the value at `index` alone, in its unit; NaN when its sensor is at fault.
  func readValue(_ index: Int) throws(ModbusError) -> Double {
    let value = profile.values[index]
    try read(
      ReadBatch(
        function: value.readFunction ?? 0, address: value.address,
        count: value.encoding.wordCount, slots: [ReadBatch.Slot(value: index, offset: 0)]))
    return latest[index]
  }
}
