internal import Profiles
internal import Transports

/// Numbers in registers and bits, through libmodbus.
final class ModbusDeviceLine: DeviceLine {
  private let values: [DeclaredValue]
  private var line: ModbusLine
  private let words: UnsafeMutableBufferPointer<UInt16>
  private let bits: UnsafeMutableBufferPointer<UInt8>

  init(_ profile: InstrumentProfile, _ line: consuming ModbusLine) {
    values = profile.values
    self.line = line
    words = .allocate(capacity: 125)
    words.initialize(repeating: 0)
    bits = .allocate(capacity: profile.timing.maxBits)
    bits.initialize(repeating: 0)
  }

  deinit {
    words.deallocate()
    bits.deallocate()
  }

  func begin() {}

  var finding: String? { nil }

  func read(_ batch: ReadBatch, into counts: UnsafeMutableBufferPointer<Double>)
    throws(LineError)
  {
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
      counts[slot.value] = values[slot.value].count(in: wordsAt(slot, batch))
    }
  }

  private func wordsAt(_ slot: ReadBatch.Slot, _ batch: ReadBatch) -> RegisterWords {
    if batch.isBits { return RegisterWords(UInt16(bits[slot.offset])) }
    if values[slot.value].encoding.wordCount == 1 { return RegisterWords(words[slot.offset]) }
    return RegisterWords(words[slot.offset], words[slot.offset + 1])
  }

  func write(_ count: Double, to index: Int) throws(LineError) {
    let value = values[index]
    let encoded = value.words(for: count) ?? RegisterWords(0)
    switch value.writeFunction {
    case 5 where value.isBit:
      try line.writeCoil(encoded.first != 0, address: value.address)
    case 5: try line.writeCoilNumber(encoded.first, address: value.address)
    case 6: try line.writeWord(encoded.first, address: value.address)
    default: try line.writeWords(stored(encoded), address: value.address)
    }
  }

  func exchange(_ count: Double, to index: Int, reading: Int) throws(LineError) -> Double {
    let value = values[index], read = values[reading]
    let part = UnsafeMutableBufferPointer(rebasing: words[..<read.encoding.wordCount])
    try line.exchangeWords(
      stored(value.words(for: count) ?? RegisterWords(0)), address: value.address,
      readingFrom: read.address, into: part)
    return read.count(
      in: part.count == 1 ? RegisterWords(part[0]) : RegisterWords(part[0], part[1]))
  }

  // The last two of the buffer's 125 words; a reply to function 23 here is at most two long.
  private func stored(_ encoded: RegisterWords) -> UnsafeBufferPointer<UInt16> {
    words[123] = encoded.first
    words[124] = encoded.second
    return UnsafeBufferPointer(rebasing: words[123..<(123 + encoded.count)])
  }
}
