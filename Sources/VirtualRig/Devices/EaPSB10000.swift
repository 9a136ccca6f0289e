/// EA PSB 10060-60, bidirectional supply: 60 V, 60 A, 1500 W, both ways.
///
/// Every value is a fraction of its nominal, 52428 counts for 100 %. Settings and the output are taken
/// only under remote control (coil 402). As delivered ("Limited" compliance) it answers unit 0 only and
/// its coils cannot be relied on to be read: here reading them is refused as an illegal function.
/// Source: EA's register list and programming guide as quoted by SengerM/ElectroAutomatikGmbHPy; the
/// sink's registers by the ea_driver package alone. No source says with which exception a write
/// without remote control is refused; here with 4.
struct EaPSB10000: EmulatedDevice {
  private static let type = "PSB 10060-60"
  private let voltage: Sensor
  private let current: Sensor
  private(set) var isRemote = false

  init(_ name: String, seed: UInt64, errors: [String: SensorErrors]) {
    voltage = Sensor("\(name).voltage", seed: seed, errors: errors["\(name).voltage"]) {
      $0.terminalVoltage
    }
    current = Sensor("\(name).current", seed: seed, errors: errors["\(name).current"]) {
      $0.supplyCurrent - $0.loadCurrent
    }
  }

  mutating func loseRemote() { isRemote = false }

  func readWords(
    _ table: ModbusRequest.WordTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt16] {
    guard table == .holding else { throw .illegalFunction }
    let stage = bench.bidirectional ?? BidirectionalStage()
    // One look: the words of one reply belong together.
    let volts = voltage.read(bench)
    let amperes = current.read(bench)
    var words: [UInt16] = []
    for next in address..<address + count {
      if let word = EaNominals.word(next, type: Self.type) {
        words.append(word)
      } else if let word = setting(next, stage) {
        words.append(word)
      } else {
        words.append(try measured(next, stage, volts, amperes))
      }
    }
    return words
  }

  private func setting(_ address: Int, _ stage: BidirectionalStage) -> UInt16? {
    let nominal = BidirectionalStage.nominal
    return switch address {
    case 498: EaNominals.counts(stage.sinkPower, of: nominal.power)
    case 499: EaNominals.counts(stage.sinkCurrent, of: nominal.current)
    case 500: EaNominals.counts(stage.voltage, of: nominal.voltage)
    case 501: EaNominals.counts(stage.sourceCurrent, of: nominal.current)
    case 502: EaNominals.counts(stage.sourcePower, of: nominal.power)
    // Resistance mode is never entered here: its settings stand at 100 %.
    case 503, 504: EaNominals.full
    case 550: EaNominals.counts(stage.overVoltage, of: nominal.voltage)
    case 553: EaNominals.counts(stage.overCurrent, of: nominal.current)
    case 556: EaNominals.counts(stage.overPower, of: nominal.power)
    default: nil
    }
  }

  private func measured(
    _ address: Int, _ stage: BidirectionalStage, _ volts: Double, _ amperes: Double
  ) throws(ModbusException) -> UInt16 {
    let nominal = BidirectionalStage.nominal
    switch address {
    case 505, 506: return RegisterWords.long(status(stage, amperes))[address - 505]
    case 507: return EaNominals.counts(max(volts, 0), of: nominal.voltage)
    case 508: return EaNominals.counts(abs(amperes), of: nominal.current)
    case 509: return EaNominals.counts(abs(volts * amperes), of: nominal.power)
    default: throw .illegalAddress
    }
  }

  private func status(_ stage: BidirectionalStage, _ amperes: Double) -> UInt32 {
    var status: UInt32 = stage.alarms.rawValue
    if stage.isOn { status |= 1 << 7 | stage.mode.rawValue << 9 }
    if isRemote { status |= 1 << 11 }
    if amperes < 0 { status |= 1 << 12 }
    if !stage.alarms.isEmpty { status |= 1 << 15 }
    return status
  }

  mutating func writeBit(_ address: Int, _ value: UInt16, _ bench: inout BenchPhysics)
    throws(ModbusException)
  {
    guard value == 0xFF00 || value == 0 else { throw .illegalValue }
    switch address {
    case 402: isRemote = value != 0
    case 405, 408, 409, 411:
      guard isRemote else { throw .deviceFailure }
      switch address {
      case 405:
        // A latched alarm keeps the output off until it is acknowledged.
        let mayBeOn = bench.bidirectional?.alarms.isEmpty ?? false
        bench.bidirectional?.isOn = value != 0 && mayBeOn
      // Acknowledges alarms (from memory).
      case 411: if value != 0 { bench.bidirectional?.alarms = [] }
      // Resistance mode is not emulated; where it wakes up after power-up neither.
      case 409: if value != 0 { throw .illegalValue }
      default: break
      }
      bench.settle()
    default: throw .illegalAddress
    }
  }

  mutating func writeWord(_ address: Int, _ value: UInt16, _ bench: inout BenchPhysics)
    throws(ModbusException)
  { try writeWords(address, [value], &bench) }

  mutating func writeWords(_ address: Int, _ values: [UInt16], _ bench: inout BenchPhysics)
    throws(ModbusException)
  {
    guard var stage = bench.bidirectional else { throw .deviceFailure }
    for (offset, value) in values.enumerated() { try set(address + offset, value, &stage) }
    guard isRemote else { throw .deviceFailure }
    bench.bidirectional = stage
    bench.settle()
  }

  private func set(_ address: Int, _ value: UInt16, _ stage: inout BidirectionalStage)
    throws(ModbusException)
  {
    let nominal = BidirectionalStage.nominal
    let isThreshold = [550, 553, 556].contains(address)
    guard isThreshold || 498...504 ~= address else { throw .illegalAddress }
    guard value <= (isThreshold ? EaNominals.highestThreshold : EaNominals.highestSetting)
    else { throw .illegalValue }
    switch address {
    case 498: stage.sinkPower = EaNominals.value(value, of: nominal.power)
    case 499: stage.sinkCurrent = EaNominals.value(value, of: nominal.current)
    case 500: stage.voltage = EaNominals.value(value, of: nominal.voltage)
    case 501: stage.sourceCurrent = EaNominals.value(value, of: nominal.current)
    case 502: stage.sourcePower = EaNominals.value(value, of: nominal.power)
    case 550: stage.overVoltage = EaNominals.value(value, of: nominal.voltage)
    case 553: stage.overCurrent = EaNominals.value(value, of: nominal.current)
    case 556: stage.overPower = EaNominals.value(value, of: nominal.power)
    default: break
    }
  }
}
