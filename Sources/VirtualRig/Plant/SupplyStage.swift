internal import Profiles

/// The power stage of the supply: what its registers have set it to.
package struct SupplyStage: Equatable {
  /// Which protection has latched.
  package enum Protection: UInt16 { case none = 0, overVoltage = 1, overCurrent = 2 }

  /// What the registers say of the output.
  package var isOn = false
  /// What the output does.
  package private(set) var drives = false
  /// A fault: once it drives it drives on, and its registers say this of it.
  var staysOn: FaultEffect.OnOff?
  /// A.
  package var current = 0.0
  /// V; the output never pushes above it.
  package var ceiling = 0.0
  /// V.
  package var overVoltage = 62.0
  /// A.
  package var overCurrent = 6.2
  package var protection = Protection.none
  /// The ceiling binds, or nothing flows.
  package var holdsVoltage = true
  /// Charge delivered since power-up, Ah.
  package var charge = 0.0
  /// Energy delivered since power-up, Wh.
  package var energy = 0.0

  /// Its own current reading's errors: it holds what it reads, not what flows.
  package var regulation = SensorErrors()

  /// What it would drive at most, A.
  package var drive: Double { drives && current > 0 ? regulation.truth(ofReading: current) : 0 }

  /// Lets the output follow the registers.
  mutating func follow() { PowerSwitch.follow(&drives, &isOn, staysOn) }

  /// Latches and switches off when the output is past a threshold.
  package mutating func protect(voltage: Double, current: Double) {
    guard isOn else { return }
    if voltage > overVoltage {
      trip(.overVoltage)
    } else if current > overCurrent {
      trip(.overCurrent)
    }
  }

  /// Latches and switches off. Heat shows as over-current, the only other flag there is.
  mutating func trip(_ reason: FaultEffect.Protection) {
    protection = reason == .overVoltage ? .overVoltage : .overCurrent
    isOn = false
  }
}

/// How an output follows its register.
enum PowerSwitch {
  /// `staysOn`: a fault, see `FaultEffect.staysOn`.
  static func follow(_ drives: inout Bool, _ isOn: inout Bool, _ staysOn: FaultEffect.OnOff?) {
    guard let staysOn else {
      drives = isOn
      return
    }
    drives = drives || isOn
    if staysOn == .on, drives { isOn = true }
  }
}
