internal import Profiles

extension BenchPhysics {
  /// Begins and ends the faults that are due, and says so on standard error.
  mutating func turnFaults() {
    let turned = faults.turn(at: now, signals: history.latest)
    guard !turned.isEmpty else { return }
    for fault in turned {
      let begins = fault.phase == .inForce
      RigError.say("fault at \(Double(now) / 1e6) s: \(fault.name) \(begins ? "begins" : "ends")")
      if begins { begin(fault) }
    }
    conditions = PlantConditions(faults)
    supply.staysOn = conditions.staysOn[.supply]
    load.staysOn = conditions.staysOn[.load]
    load.stuckCurrent = conditions.loadStuckOn
    bidirectional?.staysOn = conditions.staysOn[.bidirectional]
    contactor.apply(conditions)
    settle()
    writeTruth(immediately: true)
  }

  private mutating func begin(_ fault: RigFault) {
    switch fault.effect {
    case .reset:
      if let device = fault.device { deviceChanges.append(.reset(device: device)) }
      if let stage = fault.stage { powerCycle(stage) }
      if [.relay, .relayPair].contains(fault.deviceKind) { contactor.relays.fall() }
    case .lostRemote:
      if let device = fault.device { deviceChanges.append(.lostRemote(device: device)) }
    case .tripped(let protection): if let stage = fault.stage { trip(stage, protection) }
    default: break
    }
  }

  /// A protection that trips as long as its fault lasts.
  mutating func holdTrips() {
    guard faults.isAnyInForce else { return }
    for fault in faults.inForce {
      guard case .tripped(let protection) = fault.effect, let stage = fault.stage else { continue }
      trip(stage, protection)
    }
  }

  private mutating func powerCycle(_ stage: PowerStage) {
    switch stage {
    case .supply:
      let regulation = supply.regulation
      supply = SupplyStage()
      supply.regulation = regulation
    case .load:
      let regulation = load.regulation
      load = load.model.stage
      load.regulation = regulation
    case .bidirectional:
      guard let regulation = bidirectional?.regulation else { return }
      bidirectional = BidirectionalStage()
      bidirectional?.regulation = regulation
    }
  }

  private mutating func trip(_ stage: PowerStage, _ protection: FaultEffect.Protection) {
    switch stage {
    case .supply: supply.trip(protection)
    case .load: load.trip(protection)
    case .bidirectional: bidirectional?.trip(protection)
    }
  }
}
