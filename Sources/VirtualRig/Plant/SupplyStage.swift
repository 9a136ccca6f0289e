/// The power stage of the supply: what its registers have set it to.
package struct SupplyStage: Equatable {
  /// Which protection has latched.
  package enum Protection: UInt16 { case none = 0, overVoltage = 1, overCurrent = 2 }

  package var isOn = false
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
  package var drive: Double { isOn && current > 0 ? regulation.truth(ofReading: current) : 0 }

  /// Latches and switches off when the output is past a threshold.
  package mutating func protect(voltage: Double, current: Double) {
    guard isOn else { return }
    if voltage > overVoltage {
      protection = .overVoltage
    } else if current > overCurrent {
      protection = .overCurrent
    } else {
      return
    }
    isOn = false
  }
}
