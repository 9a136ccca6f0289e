/// ComWinTop MB8ART thermometer module, eight inputs; three are wired, the others read open.
///
/// Map: packerlschupfer/ESP32-MB8ART HARDWARE.md (tested on hardware version 34).
struct ComwintopMB8ART: EmulatedDevice {
  static let type: UInt16 = 57
  static let openCircuit: UInt16 = 30_000
  private let inputs: [Sensor]
  private var fineResolution = false
  /// Channels' input types: PT100.
  private var configuration = [UInt16](repeating: 0x0200, count: 8)

  /// Inputs 1 and 2 lie on the cell's surface, 3 in the chamber's air.
  init(_ name: String, seed: UInt64, errors: [String: SensorErrors]) {
    func sensor(_ input: String, _ quantity: @escaping @Sendable (Signals) -> Double) -> Sensor {
      Sensor("\(name).\(input)", seed: seed, errors: errors["\(name).\(input)"], of: quantity)
    }
    inputs = [
      sensor("t1") { $0.temperature }, sensor("t2") { $0.temperature },
      sensor("t3") { $0.ambient },
    ]
  }

  func readBits(
    _ table: ModbusRequest.BitTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [Bool] {
    guard table == .discreteInputs else { throw .illegalFunction }
    // From 16 on the module does not answer at all.
    guard address + count <= 16 else { throw .silence }
    guard address + count <= 8 else { throw .illegalAddress }
    return (address..<address + count).map { $0 < inputs.count }
  }

  func readWords(
    _ table: ModbusRequest.WordTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt16] {
    var words: [UInt16] = []
    for next in address..<address + count {
      words.append(table == .input ? try input(next, bench) : try setting(next))
    }
    return words
  }

  mutating func writeWord(_ address: Int, _ value: UInt16, _ bench: inout BenchPhysics)
    throws(ModbusException)
  {
    switch address {
    case 70...72: RigError.say("thermometer: change of its line settings is not emulated")
    case 76:
      guard value <= 1 else { throw .illegalValue }
      fineResolution = value == 1
    case 128...135: configuration[address - 128] = value
    default: throw .illegalAddress
    }
  }

  private func input(_ address: Int, _ bench: BenchPhysics) throws(ModbusException) -> UInt16 {
    switch address {
    case 0..<inputs.count:
      return RegisterWords.signed(
        inputs[address].read(bench), scale: fineResolution ? 0.01 : 0.1)
    case inputs.count...7: return Self.openCircuit
    case 8: return RegisterWords.signed(bench.chamber.temperature + 8, scale: 0.1)
    case 11: return 10_000
    default: throw .illegalAddress
    }
  }

  private func setting(_ address: Int) throws(ModbusException) -> UInt16 {
    switch address {
    case 64: Self.type
    case 70: 1
    case 71: 3
    case 72: 0
    case 76: fineResolution ? 1 : 0
    case 128...135: configuration[address - 128]
    default: throw .illegalAddress
    }
  }
}
