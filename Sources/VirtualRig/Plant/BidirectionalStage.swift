internal import Profiles

/// The power stage of a bidirectional supply: drives or takes up to its limits, and holds its voltage
/// between them.
struct BidirectionalStage: Equatable {
  /// What it keeps constant, in the order of the status word's bits 9 and 10.
  enum Mode: UInt32 { case voltage = 0, resistance = 1, current = 2, power = 3 }

  /// Latched alarms, as bits 16 to 19 of the status word.
  struct Alarms: OptionSet, Equatable {
    let rawValue: UInt32
    static let overVoltage = Alarms(rawValue: 1 << 16)
    static let overCurrent = Alarms(rawValue: 1 << 17)
    static let overPower = Alarms(rawValue: 1 << 18)
    static let overHeat = Alarms(rawValue: 1 << 19)
  }

  static let nominal = (voltage: 60.0, current: 60.0, power: 1500.0)

  /// What the status word says of the output.
  var isOn = false
  /// What the output does.
  private(set) var drives = false
  /// A fault: once it drives it drives on, and its status says this of it.
  var staysOn: FaultEffect.OnOff?
  /// V.
  var voltage = 0.0
  /// A.
  var sourceCurrent = 0.0
  /// W.
  var sourcePower = nominal.power
  /// A.
  var sinkCurrent = 0.0
  /// W.
  var sinkPower = nominal.power
  /// V.
  var overVoltage = nominal.voltage * 1.1
  /// A.
  var overCurrent = nominal.current * 1.1
  /// W.
  var overPower = nominal.power * 1.1
  var alarms: Alarms = []
  var mode = Mode.voltage
  /// Its own current reading's errors: it holds what it reads, not what flows.
  var regulation = SensorErrors()

  /// Lets the output follow the coil.
  mutating func follow() { PowerSwitch.follow(&drives, &isOn, staysOn) }

  /// The currents that it can give (positive) at a terminal voltage, A, and whether power binds.
  func range(at terminalVoltage: Double) -> (range: ClosedRange<Double>, powerBinds: Bool) {
    guard drives else { return (0...0, false) }
    let volts = max(abs(terminalVoltage), 1e-3)
    let source = min(held(sourceCurrent), sourcePower / volts)
    let sink = min(held(sinkCurrent), sinkPower / volts)
    return (-sink...source, source < held(sourceCurrent) || sink < held(sinkCurrent))
  }

  private func held(_ current: Double) -> Double {
    current > 0 ? regulation.truth(ofReading: current) : 0
  }

  /// Latches and switches off when the output is past a threshold.
  mutating func protect(voltage: Double, current: Double) {
    guard isOn else { return }
    if voltage > overVoltage { trip(.overVoltage) }
    if abs(current) > overCurrent { trip(.overCurrent) }
    if abs(voltage * current) > overPower { trip(.overPower) }
  }

  /// Latches and switches off.
  mutating func trip(_ reason: FaultEffect.Protection) {
    switch reason {
    case .overVoltage: alarms.insert(.overVoltage)
    case .overCurrent: alarms.insert(.overCurrent)
    case .overPower: alarms.insert(.overPower)
    case .overHeat: alarms.insert(.overHeat)
    }
    isOn = false
  }
}
