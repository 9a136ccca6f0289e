private import CModbus
private import Glibc

extension ModbusLine {
  /// Switches one coil (function 5).
  public mutating func writeCoil(_ on: Bool, address: Int) throws(LineError) {
    guard 0...0xFFFF ~= address else { throw failure(.invalid, .writing, address) }
    try exchange(.writing, address, expecting: 1) { context, _ in
      modbus_write_bit(context, Int32(address), on ? 1 : 0)
    }
  }

  /// Writes one word by function 6. libmodbus does not compare the echo: read back.
  public mutating func writeWord(_ word: UInt16, address: Int) throws(LineError) {
    guard 0...0xFFFF ~= address else { throw failure(.invalid, .writing, address) }
    try exchange(.writing, address, expecting: 1) { context, _ in
      modbus_write_register(context, Int32(address), word)
    }
  }

  /// Writes 1 to 123 words from `address` on by function 16.
  public mutating func writeWords(
    _ words: UnsafeBufferPointer<UInt16>, address: Int
  ) throws(LineError) {
    guard let source = words.baseAddress, 1...Int(MODBUS_MAX_WRITE_REGISTERS) ~= words.count,
      0...(0x10000 - words.count) ~= address
    else { throw failure(.invalid, .writing, address) }
    try exchange(.writing, address, expecting: words.count) { context, _ in
      modbus_write_registers(context, Int32(address), Int32(words.count), source)
    }
  }

  /// Writes `words` from `address` on, then reads `buffer.count` words from `readAddress` on, in one
  /// transaction (function 23).
  public mutating func exchangeWords(
    _ words: UnsafeBufferPointer<UInt16>, address: Int,
    readingFrom readAddress: Int, into buffer: UnsafeMutableBufferPointer<UInt16>
  ) throws(LineError) {
    guard let source = words.baseAddress, let target = buffer.baseAddress,
      1...Int(MODBUS_MAX_WR_WRITE_REGISTERS) ~= words.count,
      1...Int(MODBUS_MAX_WR_READ_REGISTERS) ~= buffer.count,
      0...(0x10000 - words.count) ~= address, 0...(0x10000 - buffer.count) ~= readAddress
    else { throw failure(.invalid, .writing, address) }
    try exchange(.writing, address, expecting: buffer.count) { context, _ in
      modbus_write_and_read_registers(
        context, Int32(address), Int32(words.count), source, Int32(readAddress),
        Int32(buffer.count), target)
    }
  }

  /// Writes a number by function 5, which otherwise knows only FF00 and 0000: timed relays take
  /// their time so. A raw request, because `modbus_write_bit` cannot send it; the reply must be the
  /// request's echo.
  public mutating func writeCoilNumber(_ number: UInt16, address: Int) throws(LineError) {
    guard 0...0xFFFF ~= address else { throw failure(.invalid, .writing, address) }
    let unit = UInt8(unit)
    let body = (
      unit, UInt8(5), UInt8(address >> 8), UInt8(address & 0xFF), UInt8(number >> 8),
      UInt8(number & 0xFF)
    )
    try exchange(.writing, address, expecting: 1) { context, scratch in
      withUnsafeBytes(of: body) { bytes -> Int32 in
        guard let start = bytes.bindMemory(to: UInt8.self).baseAddress,
          modbus_send_raw_request(context, start, Int32(bytes.count)) >= 0
        else { return -1 }
        let received = modbus_receive_confirmation(context, scratch)
        guard received >= 0 else { return -1 }
        // The header ends with the unit id.
        let first = Int(modbus_get_header_length(context)) - 1
        guard received >= first + 3, scratch[first] == unit || unit == 0 else { return 0 }
        if scratch[first + 1] == 0x85 {
          return modbusException(scratch[first + 2])
        }
        guard received >= first + bytes.count else { return 0 }
        for index in 1..<bytes.count where scratch[first + index] != bytes[index] { return 0 }
        return 1
      }
    }
  }
}

// Reports a raw reply's exception as libmodbus does for its own requests.
private func modbusException(_ number: UInt8) -> Int32 {
  errno = MODBUS_ENOBASE + (1...11 ~= number ? Int32(number) : 14)
  return -1
}
