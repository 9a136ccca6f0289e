internal import Profiles

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

  /// Latched reasons for which the input went off, as bits in the order of the Maynuo's coils.
  struct Faults: OptionSet, Equatable {
    let rawValue: UInt8
    static let overCurrent = Faults(rawValue: 1)
    static let overVoltage = Faults(rawValue: 2)
    static let overPower = Faults(rawValue: 4)
    static let overHeat = Faults(rawValue: 8)
    static let reversed = Faults(rawValue: 16)
  }

  /// Which load's stage it is: what it may take.
  var model = Model.maynuo
  /// What the registers say of the input.
  var isOn = false
  /// What the input does.
  private(set) var drives = false
  /// A fault: once it takes current it goes on, and its registers say this of it.
  var staysOn: FaultEffect.OnOff?
  /// A fault: it takes so much, A, whatever it is told.
  var stuckCurrent: Double?
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

  /// Whether anything may flow.
  var takes: Bool { drives || stuckCurrent != nil }

  /// Lets the input follow the registers.
  mutating func follow() { PowerSwitch.follow(&drives, &isOn, staysOn) }

  /// The current that it takes at a terminal voltage, A; nil when it holds the voltage itself.
  func demand(at terminalVoltage: Double) -> Double? {
    guard takes, terminalVoltage > 0 else { return 0 }
    if let stuckCurrent { return stuckCurrent }
    return switch mode {
    case .current, .battery: current > 0 ? regulation.truth(ofReading: current) : 0
    case .power: power / terminalVoltage
    case .resistance: terminalVoltage / max(resistance, 1e-3)
    case .voltage: nil
    }
  }

  /// Latches and switches off when the input is past a limit.
  mutating func protect(voltage: Double, current: Double) {
    if voltage < -0.1 { faults.insert(.reversed) }
    guard isOn else { return }
    if current > currentMax * 1.001 { faults.insert(.overCurrent) }
    if voltage > voltageMax { faults.insert(.overVoltage) }
    if voltage * current > powerMax * 1.001 { faults.insert(.overPower) }
    if !faults.isEmpty || (mode == .battery && voltage < batteryEnd) { isOn = false }
  }

  /// Latches and switches off.
  mutating func trip(_ reason: FaultEffect.Protection) {
    switch reason {
    case .overVoltage: faults.insert(.overVoltage)
    case .overCurrent: faults.insert(.overCurrent)
    case .overPower: faults.insert(.overPower)
    case .overHeat: faults.insert(.overHeat)
    }
    isOn = false
  }
}

extension LoadStage {
  /// The loads that a rig knows.
  enum Model {
    /// M9710: 30 A, 150 V, 150 W.
    case maynuo
    /// KP184: 40 A, off above 152 V and above 410 W.
    case kunkin

    /// A stage as from the factory.
    var stage: LoadStage {
      var stage = LoadStage()
      stage.model = self
      if self == .kunkin {
        (stage.currentMax, stage.voltageMax, stage.powerMax) = (40, 152, 410)
      }
      return stage
    }
  }
}
