internal import Instruments
internal import Profiles
internal import Quantities
internal import Transports

extension ModbusInstrument {
  /// Writes `amount` (in the value's unit) to the value at `index`. With `reading`, function 23 reads
  /// that value in the same transaction. Nothing is written blindly twice: a lost reply is followed
  /// by a read-back, unless the profile says that twice is as good as once.
  ///
  /// - Returns: the amount as the register holds it.
  func write(_ amount: Double, to index: Int, reading: Int? = nil) throws(InstrumentError)
    -> Double
  {
    let value = profile.values[index]
    let encoded = try admit(amount, value, scale: scales[index])
    let held = value.count(in: encoded) * scales[index]
    let attempts = value.isRepeatable ? profile.timing.readAttempts : 2
    for attempt in 1...max(1, attempts) {
      do throws(ModbusError) {
        try send(encoded, value, reading: reading)
        return held
      } catch {
        guard !error.isRefusal, attempt < attempts else { throw failure(error) }
        if value.isRepeatable { continue }
        guard value.readFunction != nil else { throw failure(error) }
        if try readOrThrow(index) == held { return held }
      }
    }
    return held
  }

  // The last gate before the wire.
  private func admit(_ amount: Double, _ value: RegisterValue, scale: Double)
    throws(InstrumentError) -> RegisterWords
  {
    let denied = value.writeFunction == 5 ? profile.denials.coils : profile.denials.registers
    guard value.writeFunction != nil, !denied.contains(where: { $0.overlaps(value.addresses) })
    else { throw error(.unsupported, "\(value.name) must not be written") }
    guard let encoded = value.encode(amount, scale: scale) else {
      throw error(.unsupported, "\(amount) \(value.unit) does not fit into \(value.name)")
    }
    let count = value.count(in: encoded)
    guard value.allowedWrites?.contains(count * scale) ?? true,
      !value.deniedWrites.contains(where: { Double($0) == count })
    else { throw error(.unsupported, "\(amount) must not be written to \(value.name)") }
    return encoded
  }

  private func send(_ encoded: RegisterWords, _ value: RegisterValue, reading: Int?)
    throws(ModbusError)
  {
    switch value.writeFunction {
    case 5 where value.isBit:
      try line.writeCoil(encoded.first != 0, address: value.address)
    case 5: try line.writeCoilNumber(encoded.first, address: value.address)
    case 6: try line.writeWord(encoded.first, address: value.address)
    default: try sendWords(encoded, value, reading: reading)
    }
  }

  private func sendWords(_ encoded: RegisterWords, _ value: RegisterValue, reading: Int?)
    throws(ModbusError)
  {
    // The last two of the buffer's 125 words; a reply to function 23 here is at most two long.
    words[123] = encoded.first
    words[124] = encoded.second
    let source = UnsafeBufferPointer(rebasing: words[123..<(123 + encoded.count)])
    guard let reading else {
      return try line.writeWords(source, address: value.address)
    }
    let read = profile.values[reading]
    let part = UnsafeMutableBufferPointer(rebasing: words[..<read.encoding.wordCount])
    try line.exchangeWords(
      source, address: value.address, readingFrom: read.address, into: part)
    store(reading, part.count == 1 ? RegisterWords(part[0]) : RegisterWords(part[0], part[1]))
  }

  /// `readValue` with the instrument's error.
  func readOrThrow(_ index: Int) throws(InstrumentError) -> Double {
    do throws(ModbusError) { return try readValue(index) } catch { throw failure(error) }
  }

  func failure(_ error: ModbusError) -> InstrumentError {
    InstrumentError(.bus, error.description)
  }
}
