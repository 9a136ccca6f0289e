extension KunkinKP184 {
  private static let modes: [LoadStage.Mode] = [.voltage, .current, .resistance, .power]

  private func mode(_ load: LoadStage) -> UInt32 {
    let mode = load.mode == .battery ? .current : load.mode
    return UInt32(Self.modes.firstIndex(of: mode) ?? 1)
  }

  private static func counts(_ value: Double, _ scale: Double) -> UInt32 {
    UInt32(min(max((value / scale).rounded(), 0), Double(Int32.max)))
  }

  /// mV and mA as measured.
  private func measured(_ bench: BenchPhysics) -> (voltage: UInt32, current: UInt32) {
    (Self.counts(voltage.read(bench), 0.001), Self.counts(current.read(bench), 0.001))
  }

  private func setting(_ mode: UInt32, _ load: LoadStage) -> UInt32 {
    switch mode {
    case 0: Self.counts(load.voltage, 0.001)
    case 1: Self.counts(load.current, 0.001)
    case 2: Self.counts(load.resistance, 0.1)
    default: Self.counts(load.power, 0.01)
    }
  }

  func value(_ address: Int, _ bench: BenchPhysics) -> UInt32? {
    let load = bench.load
    return switch address {
    case 0x0001: 1840
    case 0x0108: load.faults.contains(.overHeat) ? 1 : 0
    case 0x010E: load.isOn ? 1 : 0
    // The high byte is garbage (korjaa drops it).
    case 0x0110: 0x1E00_0000 | mode(load)
    case 0x0112, 0x0116, 0x011A, 0x011E: setting(UInt32(address - 0x0112) / 4, load)
    case 0x0122: measured(bench).voltage
    case 0x0124: measured(bench).voltage * measured(bench).current / 100_000
    case 0x0126: measured(bench).current
    case 0x0144: load.mode == .battery ? 1 : 0
    case 0x0146: Self.counts(load.batteryEnd, 0.001)
    case 0x0148: Self.counts(load.charge, 0.001)
    default: idle(address)
    }
  }

  /// Whether there is such a setting.
  mutating func set(_ address: Int, _ value: UInt32, _ bench: inout BenchPhysics) -> Bool {
    let number = Double(value)
    switch address {
    case 0x010E:
      if value == 1 { bench.load.faults = [] }
      bench.load.isOn = value == 1
    case 0x0110:
      if !bench.load.isOn, value < 4 { bench.load.mode = Self.modes[Int(value)] }
    case 0x0112: bench.load.voltage = min(number * 0.001, 150)
    case 0x0116: bench.load.current = min(number * 0.001, 40)
    case 0x011A: bench.load.resistance = number * 0.1
    case 0x011E: bench.load.power = min(number * 0.01, 400)
    case 0x0144: if !bench.load.isOn { bench.load.mode = value == 1 ? .battery : .current }
    case 0x0146: bench.load.batteryEnd = number * 0.001
    case 0x0148: bench.load.charge = number * 0.001
    default: return setIdle(address, value)
    }
    bench.settle()
    return true
  }

  /// The 18 bytes of the status block: state, flags, mV, mA and set-point in three bytes each, both
  /// slew rates, three bytes that no source explains.
  func status(_ bench: BenchPhysics) -> [UInt8] {
    let load = bench.load
    func three(_ value: UInt32) -> ArraySlice<UInt8> { Self.bytes(value)[1...] }
    func two(_ address: Int) -> ArraySlice<UInt8> { Self.bytes(idle(address) ?? 0)[2...] }
    let sense: UInt32 = idle(0x010A) == 1 ? 8 : 0
    let state = (load.isOn ? 1 : 0) | mode(load) << 1 | sense
    let (voltage, current) = measured(bench)
    let head = [UInt8(state), load.mode == .battery ? 4 : 0]
    return head + three(voltage) + three(current) + three(setting(mode(load), load))
      + two(0x012C) + two(0x012E) + [0, 0, 0]
  }
}
