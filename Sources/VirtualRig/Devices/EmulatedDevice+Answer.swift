extension EmulatedDevice {
  /// The reply's protocol data unit, or nil when the device stays silent.
  mutating func answer(_ unit: [UInt8], _ bench: inout BenchPhysics) -> [UInt8]? {
    do throws(ModbusException) {
      return try reply(try ModbusRequest(unit), echo: unit.prefix(5), &bench)
    } catch {
      guard error != .silence, let function = unit.first else { return nil }
      return [function | 0x80, error.rawValue]
    }
  }

  private mutating func reply(
    _ request: ModbusRequest, echo: some Collection<UInt8>, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt8] {
    switch request {
    case .readBits(let table, let address, let count):
      let bytes = packed(try readBits(table, address, count, &bench))
      return [table == .coils ? 1 : 2, UInt8(bytes.count)] + bytes
    case .readWords(let table, let address, let count):
      return listed(table == .holding ? 3 : 4, try readWords(table, address, count, &bench))
    case .exchange(let address, let values, let readAddress, let count):
      let words = try exchange(writing: values, at: address, reading: readAddress, count, &bench)
      return listed(23, words)
    case .writeBit(let address, let value): try writeBit(address, value, &bench)
    case .writeWord(let address, let value): try writeWord(address, value, &bench)
    case .writeBits(let address, let values): try writeBits(address, values, &bench)
    case .writeWords(let address, let values): try writeWords(address, values, &bench)
    }
    return Array(echo)
  }

  private func listed(_ function: UInt8, _ words: [UInt16]) -> [UInt8] {
    var reply = [function, UInt8(2 * words.count)]
    reply.reserveCapacity(2 + 2 * words.count)
    for word in words {
      reply.append(UInt8(word >> 8))
      reply.append(UInt8(word & 0xFF))
    }
    return reply
  }

  private func packed(_ bits: [Bool]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
    for (index, bit) in bits.enumerated() where bit { bytes[index / 8] |= 1 << (index % 8) }
    if bits.count % 8 != 0, !bytes.isEmpty {
      bytes[bytes.count - 1] |= strayBits & (0xFF << (bits.count % 8))
    }
    return bytes
  }
}
