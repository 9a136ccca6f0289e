/// Riden RD6006 bench supply, 60 V, 6 A: voltages in 10 mV, currents in 1 mA.
///
/// Map: Baldanos/rd6006 registers.md, ShayBox/Riden register.py, libsigrok rdtech-dps; poll of the
/// vendor's program sniffed by msillano (registers 4 to 41 in one read).
struct RidenRD6006: EmulatedDevice {
  static let model: UInt16 = 60_062
  private let voltage: Sensor
  private let current: Sensor
  private var keypadLocked: UInt16 = 0
  private var clock: [UInt16] = [2026, 1, 1, 0, 0, 0]
  private var options: [UInt16] = [0, 0, 0]
  /// Memories 1 to 9: voltage, current, over-voltage, over-current, in counts.
  private var memories = [UInt16](repeating: 0, count: 36)

  init(_ name: String, seed: UInt64, errors: [String: SensorErrors]) {
    voltage = Sensor("\(name).voltage", seed: seed, errors: errors["\(name).voltage"]) {
      $0.terminalVoltage
    }
    current = Sensor("\(name).current", seed: seed, errors: errors["\(name).current"]) {
      $0.supplyCurrent
    }
    for memory in 0..<9 {
      memories.replaceSubrange(4 * memory..<4 * memory + 4, with: [500, 0, 6200, 6200])
    }
  }

  func readWords(
    _ table: ModbusRequest.WordTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt16] {
    guard table == .holding else { throw .illegalFunction }
    let blocks = [0..<42, 48..<63, 66..<69, 80..<120]
    guard blocks.contains(where: { $0.contains(address) && address + count <= $0.upperBound })
    else { throw .illegalAddress }
    let volts = max(voltage.read(bench), 0)
    let amperes = max(current.read(bench), 0)
    return (address..<address + count).map { word($0, volts, amperes, bench) }
  }

  mutating func writeWord(_ address: Int, _ value: UInt16, _ bench: inout BenchPhysics)
    throws(ModbusException)
  { try writeWords(address, [value], &bench) }

  mutating func writeWords(_ address: Int, _ values: [UInt16], _ bench: inout BenchPhysics)
    throws(ModbusException)
  {
    for (offset, value) in values.enumerated() { try check(address + offset, value) }
    for (offset, value) in values.enumerated() { set(address + offset, value, &bench) }
    bench.settle()
  }

  private func word(
    _ address: Int, _ volts: Double, _ amperes: Double, _ bench: BenchPhysics
  ) -> UInt16 {
    let supply = bench.supply
    switch address {
    case 0: return Self.model
    case 1, 2: return RegisterWords.long(10_476)[address - 1]
    case 3: return 128
    case 5: return 30
    case 7: return 86
    case 8, 80: return RegisterWords.unsigned(supply.ceiling, scale: 0.01)
    case 9, 81: return RegisterWords.unsigned(supply.current, scale: 0.001)
    case 10: return RegisterWords.unsigned(volts, scale: 0.01)
    case 11: return RegisterWords.unsigned(amperes, scale: 0.001)
    case 13: return RegisterWords.unsigned(volts * amperes, scale: 0.01)
    case 14: return 6_650
    case 15: return keypadLocked
    case 16: return supply.protection.rawValue
    case 17: return supply.isOn && !supply.holdsVoltage ? 1 : 0
    case 18: return supply.isOn ? 1 : 0
    case 38, 39:
      return RegisterWords.long(UInt32(max(supply.charge, 0) * 1000))[address - 38]
    case 40, 41:
      return RegisterWords.long(UInt32(max(supply.energy, 0) * 1000))[address - 40]
    case 48...53: return clock[address - 48]
    case 66...68: return options[address - 66]
    case 82: return RegisterWords.unsigned(supply.overVoltage, scale: 0.01)
    case 83: return RegisterWords.unsigned(supply.overCurrent, scale: 0.001)
    case 84...119: return memories[address - 84]
    default: return 0
    }
  }

  private func check(_ address: Int, _ value: UInt16) throws(ModbusException) {
    let highest: UInt16
    switch address {
    case 8, 80: highest = 6_000
    case 9, 81: highest = 6_000
    case 82, 83: highest = 6_200
    case 15, 18, 66...68: highest = 1
    case 19: highest = 9
    case 48...53, 84...119: highest = .max
    case 54...62:
      RigError.say("supply: write of \(value) to calibration register \(address) refused")
      throw .illegalAddress
    default: throw .illegalAddress
    }
    guard value <= highest else { throw .illegalValue }
  }

  private mutating func set(_ address: Int, _ value: UInt16, _ bench: inout BenchPhysics) {
    switch address {
    case 8, 80: bench.supply.ceiling = Double(value) / 100
    case 9, 81: bench.supply.current = Double(value) / 1000
    case 15: keypadLocked = value
    case 18:
      // Which act clears a tripped protection no source says; here switching on does.
      if value == 1 { bench.supply.protection = .none }
      bench.supply.isOn = value == 1
    case 19 where value > 0: recall(Int(value) - 1, &bench)
    case 48...53: clock[address - 48] = value
    case 66...68: options[address - 66] = value
    case 82: bench.supply.overVoltage = Double(value) / 100
    case 83: bench.supply.overCurrent = Double(value) / 1000
    case 84...119: memories[address - 84] = value
    default: break
    }
  }

  private func recall(_ memory: Int, _ bench: inout BenchPhysics) {
    bench.supply.ceiling = Double(memories[4 * memory]) / 100
    bench.supply.current = Double(memories[4 * memory + 1]) / 1000
    bench.supply.overVoltage = Double(memories[4 * memory + 2]) / 100
    bench.supply.overCurrent = Double(memories[4 * memory + 3]) / 1000
  }
}
