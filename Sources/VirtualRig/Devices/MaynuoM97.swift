/// Maynuo M9710 electronic load, 30 A, 150 V, 150 W: singles in two registers, high word first.
///
/// Map: libsigrok maynuo-m97, djacobow/maynuo_load, Matrix PEL-8000 manual. Settings are taken only
/// under remote control (coil PC1); before, a write is answered and has no effect.
struct MaynuoM97: EmulatedDevice {
  static let model: UInt16 = 28
  /// A read of one coil brings its neighbours along (PEL-8000 manual, example reply 0x48).
  let strayBits: UInt8 = 0x48
  let voltage: Sensor
  let current: Sensor
  private(set) var isRemote = false
  private(set) var coils: [Int: Bool] = [:]
  private(set) var command: UInt16 = 43
  /// Settings without effect on this bench, by address.
  private(set) var idle: [Int: Double] = [0x0A09: 0, 0x0A0D: 0, 0x0A0F: 0]

  init(_ name: String, seed: UInt64, errors: [String: SensorErrors]) {
    voltage = Sensor("\(name).voltage", seed: seed, errors: errors["\(name).voltage"]) {
      $0.terminalVoltage
    }
    current = Sensor("\(name).current", seed: seed, errors: errors["\(name).current"]) {
      $0.loadCurrent
    }
  }

  mutating func loseRemote() { isRemote = false }

  func readBits(
    _ table: ModbusRequest.BitTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [Bool] {
    guard table == .coils else { throw .illegalFunction }
    var bits: [Bool] = []
    for coil in address..<address + count { bits.append(try bit(coil, bench.load)) }
    return bits
  }

  mutating func writeBit(_ address: Int, _ value: UInt16, _ bench: inout BenchPhysics)
    throws(ModbusException)
  {
    guard value == 0xFF00 || value == 0 else { throw .illegalValue }
    switch address {
    case 0x0500: isRemote = value != 0
    case 0x0501...0x0503: coils[address] = value != 0
    default: throw .illegalAddress
    }
  }

  func readWords(
    _ table: ModbusRequest.WordTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt16] {
    guard table == .holding else { throw .illegalFunction }
    var words: [UInt16] = []
    while words.count < count {
      let next = address + words.count
      if let single = single(next, bench) {
        words += RegisterWords.float(single)
      } else {
        words.append(try word(next, bench.load))
      }
    }
    guard words.count == count else { throw .illegalAddress }
    return words
  }

  mutating func writeWords(_ address: Int, _ values: [UInt16], _ bench: inout BenchPhysics)
    throws(ModbusException)
  {
    var stage = bench.load
    var (command, idle) = (command, idle)
    var index = 0
    while index < values.count {
      let next = address + index
      if next == 0x0A00 {
        try Self.obey(values[index], &stage)
        command = values[index]
        index += 1
      } else {
        guard index + 1 < values.count else { throw .illegalAddress }
        let value = RegisterWords.float(values[index], values[index + 1])
        guard value.isFinite, value >= 0 else { throw .illegalValue }
        try Self.set(next, value, &stage, &idle)
        index += 2
      }
    }
    guard isRemote else { return }
    bench.load = stage
    (self.command, self.idle) = (command, idle)
    bench.settle()
  }
}
