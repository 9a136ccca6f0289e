/// The power stage of the load: what its registers have set it to.
struct LoadStage: Equatable {
  /// What it keeps constant.
  enum Mode: UInt16 {
    case current = 1
    case voltage = 2
    case power = 3
    case resistance = 4
    /// Constant current down to an end voltage, then off.
    case battery = 38
  }

  /// Latched reasons for which the input went off, as bits in the order of the load's coils.
  struct Faults: OptionSet, Equatable {
    let rawValue: UInt8
    static let overCurrent = Faults(rawValue: 1)
    static let overVoltage = Faults(rawValue: 2)
    static let overPower = Faults(rawValue: 4)
  }

  var isOn = false
  var mode = Mode.current
  /// A.
  var current = 0.0
  /// V.
  var voltage = 0.0
  /// W.
  var power = 0.0
  /// Ohm.
  var resistance = 1000.0
  /// V.
  var batteryEnd = 0.0
  /// A.
  var currentMax = 30.0
  /// V.
  var voltageMax = 150.0
  /// W.
  var powerMax = 150.0
  /// Ah taken in battery mode.
  var charge = 0.0
  var faults: Faults = []
  /// Its own current reading's errors: it holds what it reads, not what flows.
  var regulation = SensorErrors()

  /// The current that it takes at a terminal voltage, A; nil when it holds the voltage itself.
  func demand(at terminalVoltage: Double) -> Double? {
    guard isOn, terminalVoltage > 0 else { return 0 }
    return switch mode {
    case .current, .battery: current > 0 ? regulation.truth(ofReading: current) : 0
    case .power: power / terminalVoltage
    case .resistance: terminalVoltage / max(resistance, 1e-3)
    case .voltage: nil
    }
  }

  /// Latches and switches off when the input is past a limit.
  mutating func protect(voltage: Double, current: Double) {
    guard isOn else { return }
    if current > currentMax * 1.001 { faults.insert(.overCurrent) }
    if voltage > voltageMax { faults.insert(.overVoltage) }
    if voltage * current > powerMax * 1.001 { faults.insert(.overPower) }
    if !faults.isEmpty || (mode == .battery && voltage < batteryEnd) { isOn = false }
  }
}
