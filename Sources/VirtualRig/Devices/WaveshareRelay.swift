private import Profiles

/// Waveshare Modbus RTU relay, eight channels; channel 0 drives the contactor's coil, of a pair channels 0
/// and 1 side by side.
///
/// *Flash on* (function 05, address 0x0200 + n, value in 0.1 s) closes a relay and lets it open by
/// itself; *flash off* (0x0400 + n) the other way round. Source: vendor's wiki. The board's variant
/// with inputs (D) reads them by function 02 from 0 on (from memory): wired to emergency stop, door,
/// smoke, fan and mains, 1 while the contact is closed.
struct WaveshareRelay: EmulatedDevice {
  static let count = 8

  func readBits(
    _ table: ModbusRequest.BitTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [Bool] {
    guard address + count <= Self.count else { throw .illegalAddress }
    guard table == .coils else {
      let open = bench.contactor.openInputs
      let inputs = FaultEffect.CoilInput.allCases.map { !open.contains($0) }
      return (address..<address + count).map { $0 < inputs.count && inputs[$0] }
    }
    return Array(bench.contactor.relays.closed[address..<address + count])
  }

  mutating func writeBit(_ address: Int, _ value: UInt16, _ bench: inout BenchPhysics)
    throws(ModbusException)
  {
    switch address {
    case 0..<Self.count:
      switch value {
      case 0xFF00: bench.contactor.relays.set(address, closed: true)
      case 0x0000: bench.contactor.relays.set(address, closed: false)
      case 0x5500:
        bench.contactor.relays.set(address, closed: !bench.contactor.relays.closed[address])
      default: throw .illegalValue
      }
    case 0x0200..<0x0200 + Self.count, 0x0400..<0x0400 + Self.count:
      guard value > 0 else { throw .illegalValue }
      let closes = address < 0x0400
      bench.contactor.relays.flash(
        address & 0xFF, closed: closes, for: Int64(value) * 100_000, at: bench.now)
    default: throw .illegalAddress
    }
    bench.settle()
  }

  mutating func writeBits(_ address: Int, _ values: [Bool], _ bench: inout BenchPhysics)
    throws(ModbusException)
  {
    guard address + values.count <= Self.count else { throw .illegalAddress }
    for (offset, value) in values.enumerated() {
      bench.contactor.relays.set(address + offset, closed: value)
    }
    bench.settle()
  }
}
