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

  /// The reply to a request, both without framing, or nil when the device stays silent. A device that
  /// does not speak Modbus has its own.
  mutating func answer(_ request: [UInt8], _ bench: inout BenchPhysics) -> [UInt8]?
  /// Whether a request would change the device.
  func isWrite(_ request: [UInt8]) -> Bool
  /// How it refuses a request, with Modbus' exception `code` where it speaks Modbus.
  func refusal(of request: [UInt8], code: UInt8) -> [UInt8]?
  /// Somebody pressed a key at the panel.
  mutating func loseRemote()
  /// How long its last answer took to measure, s; only felt where pace time passes by itself.
  var thinkingTime: Double { get }
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
  func isWrite(_ request: [UInt8]) -> Bool {
    request.first.map { [5, 6, 15, 16, 22, 23].contains($0) } ?? false
  }
  func refusal(of request: [UInt8], code: UInt8) -> [UInt8]? {
    request.first.map { [$0 | 0x80, code] }
  }
  mutating func loseRemote() {}
  var thinkingTime: Double { 0 }
}
