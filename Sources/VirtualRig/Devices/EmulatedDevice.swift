/// A device as its register map shows it to the bus. What a device lacks it refuses with the
/// exception that Modbus has for it.
///
/// Written from the vendors' maps, independently of the drivers' profiles, so that a wrong profile
/// meets a device that disagrees.
protocol EmulatedDevice {
  func readBits(
    _ table: ModbusRequest.BitTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [Bool]
  func readWords(
    _ table: ModbusRequest.WordTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt16]
  mutating func writeBit(_ address: Int, _ value: UInt16, _ bench: inout BenchPhysics)
    throws(ModbusException)
  mutating func writeBits(_ address: Int, _ values: [Bool], _ bench: inout BenchPhysics)
    throws(ModbusException)
  mutating func writeWord(_ address: Int, _ value: UInt16, _ bench: inout BenchPhysics)
    throws(ModbusException)
  mutating func writeWords(_ address: Int, _ values: [UInt16], _ bench: inout BenchPhysics)
    throws(ModbusException)
  mutating func exchange(
    writing values: [UInt16], at address: Int, reading readAddress: Int, _ count: Int,
    _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt16]

  /// What stands in the unused high bits of the last byte of a reply of bits.
  var strayBits: UInt8 { get }
}

extension EmulatedDevice {
  func readBits(
    _ table: ModbusRequest.BitTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [Bool] { throw .illegalFunction }
  func readWords(
    _ table: ModbusRequest.WordTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt16] { throw .illegalFunction }
  mutating func writeBit(_ address: Int, _ value: UInt16, _ bench: inout BenchPhysics)
    throws(ModbusException)
  { throw .illegalFunction }
  mutating func writeBits(_ address: Int, _ values: [Bool], _ bench: inout BenchPhysics)
    throws(ModbusException)
  { throw .illegalFunction }
  mutating func writeWord(_ address: Int, _ value: UInt16, _ bench: inout BenchPhysics)
    throws(ModbusException)
  { throw .illegalFunction }
  mutating func writeWords(_ address: Int, _ values: [UInt16], _ bench: inout BenchPhysics)
    throws(ModbusException)
  { throw .illegalFunction }
  mutating func exchange(
    writing values: [UInt16], at address: Int, reading readAddress: Int, _ count: Int,
    _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt16] { throw .illegalFunction }
  var strayBits: UInt8 { 0 }
}
