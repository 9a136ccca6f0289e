internal import Electrochemistry
private import Profiles
private import Quantities

extension Rig {
  /// Draws the plant, puts the devices in front of it and opens the truth.
  package static func bench(_ configuration: RigConfiguration) throws(RigError)
    -> sending VirtualBench
  {
    let drawn = DrawnPlant(configuration.plant, seed: configuration.seed)
    let truth = try truth(configuration, drawn)
    let isStepped = configuration.pace == .stepped
    let devices = configuration.seats.map {
      $0.kind.device(
        $0.name, seed: configuration.seed, isStepped: isStepped, errors: drawn.sensors,
        options: $0.options)
    }
    return VirtualBench(physics: try physics(configuration, drawn, truth), devices: devices)
  }

  private static func physics(
    _ configuration: RigConfiguration, _ drawn: DrawnPlant, _ truth: TruthLog?
  ) throws(RigError) -> BenchPhysics {
    let plant = configuration.plant
    let ambient = plant.ambient.value
    let parameters = drawn.parameters(of: configuration.cell)
    let conductance = parameters.heatTransferCoefficient * parameters.coolingArea
    var physics: BenchPhysics
    do throws(ModelError) {
      physics = try BenchPhysics(
        cell: cell(plant.model, drawn.stateOfCharge, parameters, at: ambient),
        circuit: BenchCircuit(leadResistance: plant.leadResistance.value),
        chamber: Chamber(temperature: ambient, timeConstant: plant.chamberTimeConstant.value),
        contactor: Contactor(
          relays: TimedRelays(
            count: WaveshareRelay.count,
            // A pair is there for relays that cannot be re-armed.
            retrigger: plant.contactorRetrigger
              ?? (configuration.contactorRelays.count > 1 ? .ignored : .restarts)),
          coil: configuration.contactorRelays, release: plant.contactorRelease.value),
        substep: plant.model.internalStep.value,
        heatConductance: plant.model.thermal == .lumped && conductance > 0 ? conductance : nil,
        truth: truth)
    } catch {
      throw RigError(
        .place,
        "\(plant.path): the plant of seed \(configuration.seed) cannot rest: \(error)")
    }
    physics.runsByItself = configuration.pace == .real
    for seat in configuration.seats { equip(&physics, seat, drawn) }
    try checkHeat(configuration, physics)
    physics.faults = configuration.schedule
    physics.turnFaults()
    return physics
  }

  private static func equip(
    _ physics: inout BenchPhysics, _ seat: RigConfiguration.Seat, _ drawn: DrawnPlant
  ) {
    let regulation = drawn.sensors["\(seat.name).current"] ?? SensorErrors()
    switch seat.kind.stage {
    case .supply: physics.supply.regulation = regulation
    case .load:
      physics.load = (seat.kind == .kunkin ? LoadStage.Model.kunkin : .maynuo).stage
      physics.load.regulation = regulation
    case .bidirectional:
      physics.bidirectional = BidirectionalStage()
      physics.bidirectional?.regulation = regulation
    case nil: break
    }
  }

  /// Heat reaches the cell as warmer surroundings, and those have an end.
  private static func checkHeat(
    _ configuration: RigConfiguration, _ physics: BenchPhysics
  ) throws(RigError) {
    guard let file = configuration.faults else { return }
    let most = (physics.heatConductance ?? 0) * (BenchPhysics.hottest - physics.chamber.temperature)
    for fault in file.faults {
      guard case .overTemperature(let heat) = fault.effect, heat.value > most else { continue }
      throw RigError(
        .place,
        "\(file.path):\(fault.line): over_temperature: heat: \(heat): at most "
          + "\((most * 100).rounded(.down) / 100) W reach this cell")
    }
  }

  private static func cell(
    _ model: PlantModel, _ charge: Double, _ parameters: CellParameters, at ambient: Double
  ) throws(ModelError) -> any PlantCell {
    switch model.name {
    case .spme:
      SPMePlant(
        SPMe(
          parameters, mesh: model.mesh, thermal: model.thermal,
          longestSubstep: model.internalStep.value),
        stateOfCharge: charge, temperature: ambient)
    case .dfn:
      try DFNPlant(
        parameters, mesh: model.mesh, thermal: model.thermal,
        stateOfCharge: charge, temperature: ambient)
    }
  }

  private static func truth(
    _ configuration: RigConfiguration, _ drawn: DrawnPlant
  ) throws(RigError) -> TruthLog? {
    guard let path = configuration.truthPath else { return nil }
    let sidecar = TruthSidecar(configuration, drawn)
    try TruthFile.write(Array(sidecar.json.utf8), to: path + ".json")
    return try TruthLog(path: path)
  }
}
