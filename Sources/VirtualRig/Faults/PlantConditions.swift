internal import Profiles
private import Quantities

/// What the faults in force make of cell, wires and power stages.
struct PlantConditions: Equatable {
  var isReversed = false
  /// Ohm; nil: no short.
  var internalShort: Double?
  /// From outside into the cell, W.
  var heat = 0.0
  var welded: FaultEffect.Contacts?
  var isStuckOpen = false
  var ignoresRearming = false
  /// What holds the coil circuit open.
  var openInputs: Set<FaultEffect.CoilInput> = []
  /// What the registers say of an output that cannot be switched off.
  var staysOn: [PowerStage: FaultEffect.OnOff] = [:]
  /// A, of a load that takes it whatever it is told.
  var loadStuckOn: Double?

  init() {}

  init(_ schedule: FaultSchedule) {
    for fault in schedule.inForce {
      switch fault.effect {
      case .reversedCell: isReversed = true
      case .internalShort(let resistance):
        // Two shorts in parallel.
        internalShort = 1 / (1 / resistance.value + (internalShort.map { 1 / $0 } ?? 0))
      case .overTemperature(let heat): self.heat += heat.value
      case .contactorWelded(let contacts): welded = welded == .both ? .both : contacts
      case .relayIgnoresRearming: ignoresRearming = true
      case .relayStuckOpen: isStuckOpen = true
      case .coilOpen(let input): openInputs.insert(input)
      case .staysOn(let says): if let stage = fault.stage { staysOn[stage] = says }
      case .loadStuckOn(let current): loadStuckOn = current.value
      default: break
      }
    }
  }
}
