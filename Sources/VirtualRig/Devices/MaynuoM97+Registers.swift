extension MaynuoM97 {
  func bit(_ coil: Int, _ load: LoadStage) throws(ModbusException) -> Bool {
    switch coil {
    case 0x0500: isRemote
    case 0x0501...0x0503: coils[coil] ?? false
    case 0x0510: load.isOn
    case 0x0511: load.mode == .voltage
    case 0x0520...0x0527: load.faults.rawValue >> (coil - 0x0520) & 1 == 1
    default: throw .illegalAddress
    }
  }

  func word(_ address: Int, _ load: LoadStage) throws(ModbusException) -> UInt16 {
    switch address {
    case 0x0A00: command
    case 0x0B04: load.mode.rawValue
    case 0x0B05: load.isOn ? 1 : 0
    case 0x0B06: Self.model
    case 0x0B07: 27
    default: throw .illegalAddress
    }
  }

  func single(_ address: Int, _ bench: BenchPhysics) -> Double? {
    switch address {
    case 0x0A01: bench.load.current
    case 0x0A03: bench.load.voltage
    case 0x0A05: bench.load.power
    case 0x0A07: bench.load.resistance
    case 0x0A2E: bench.load.batteryEnd
    case 0x0A30: bench.load.charge
    case 0x0A34: bench.load.currentMax
    case 0x0A36: bench.load.voltageMax
    case 0x0A38: bench.load.powerMax
    case 0x0B00: max(voltage.read(bench), 0)
    case 0x0B02: max(current.read(bench), 0)
    default: idle[address]
    }
  }

  static func set(
    _ address: Int, _ value: Double, _ load: inout LoadStage, _ idle: inout [Int: Double]
  ) throws(ModbusException) {
    switch address {
    case 0x0A01: load.current = min(value, load.currentMax)
    case 0x0A03: load.voltage = value
    case 0x0A05: load.power = value
    case 0x0A07: load.resistance = value
    case 0x0A2E: load.batteryEnd = value
    case 0x0A30: load.charge = value
    case 0x0A34: load.currentMax = min(value, 30)
    case 0x0A36: load.voltageMax = min(value, 150)
    case 0x0A38: load.powerMax = min(value, 150)
    default:
      guard idle[address] != nil else { throw .illegalAddress }
      idle[address] = value
    }
  }

  /// Soft start, lists, dynamic and short-circuit modes are refused: this rig does not know them.
  static func obey(_ command: UInt16, _ load: inout LoadStage) throws(ModbusException) {
    switch command {
    case 42:
      load.faults = []
      load.isOn = true
    case 43: load.isOn = false
    default:
      guard let mode = LoadStage.Mode(rawValue: command) else { throw .illegalValue }
      load.mode = mode
    }
  }
}
