private import CModbus

extension ModbusLine {
  /// Reads `buffer.count` (1 to 125) words from `address` on: function 3 (holding registers) or 4
  /// (input registers). The buffer's content is undefined after an error.
  public mutating func readWords(
    function: Int, address: Int, into buffer: UnsafeMutableBufferPointer<UInt16>
  ) throws(LineError) {
    guard let target = buffer.baseAddress, 1...Int(MODBUS_MAX_READ_REGISTERS) ~= buffer.count,
      function == 3 || function == 4, 0...(0x10000 - buffer.count) ~= address
    else { throw failure(.invalid, .reading, address) }
    let count = Int32(buffer.count)
    try exchange(.reading, address, expecting: buffer.count) { context, _ in
      function == 3
        ? modbus_read_registers(context, Int32(address), count, target)
        : modbus_read_input_registers(context, Int32(address), count, target)
    }
  }

  /// Reads `buffer.count` (1 to 2000) bits from `address` on, each into a byte of 0 or 1: function 1
  /// (coils) or 2 (discrete inputs). The buffer's content is undefined after an error.
  public mutating func readBits(
    function: Int, address: Int, into buffer: UnsafeMutableBufferPointer<UInt8>
  ) throws(LineError) {
    guard let target = buffer.baseAddress, 1...Int(MODBUS_MAX_READ_BITS) ~= buffer.count,
      function == 1 || function == 2, 0...(0x10000 - buffer.count) ~= address
    else { throw failure(.invalid, .reading, address) }
    let count = Int32(buffer.count)
    try exchange(.reading, address, expecting: buffer.count) { context, _ in
      function == 1
        ? modbus_read_bits(context, Int32(address), count, target)
        : modbus_read_input_bits(context, Int32(address), count, target)
    }
  }
}
