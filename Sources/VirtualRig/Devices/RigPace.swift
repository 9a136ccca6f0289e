/// The rig's clock as a device: whoever asks it to run makes pace time pass.
///
/// `run until` (function 23, registers 4 and 5, milliseconds since the rig began) answers with the
/// clock when it is there. A time that has passed asks for nothing, so that a request whose reply was
/// lost may be repeated.
struct RigPace: EmulatedDevice {
  static let mark: UInt16 = 0x4C53
  /// Longest run that one request may ask for, milliseconds.
  static let longestRun: Int64 = 3_600_000
  /// False when the rig runs at wall speed: then nobody may tick.
  let isStepped: Bool

  func readWords(
    _ table: ModbusRequest.WordTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt16] {
    guard table == .holding else { throw .illegalFunction }
    guard address + count <= 4 else { throw .illegalAddress }
    let words = [Self.mark, 0] + RegisterWords.long(UInt32(truncatingIfNeeded: bench.now / 1000))
    return Array(words[address..<address + count])
  }

  mutating func exchange(
    writing values: [UInt16], at address: Int, reading readAddress: Int, _ count: Int,
    _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt16] {
    guard address == 4, values.count == 2, readAddress + count <= 4 else { throw .illegalAddress }
    guard isStepped else { throw .deviceFailure }
    let until = (Int64(values[0]) << 16 | Int64(values[1])) * 1000
    guard until - bench.now <= Self.longestRun * 1000 else { throw .illegalValue }
    bench.tick(until: until)
    return try readWords(.holding, readAddress, count, &bench)
  }
}
