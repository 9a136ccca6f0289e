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
        $0.name, seed: configuration.seed, isStepped: isStepped, errors: drawn.sensors)
    }
    return VirtualBench(physics: try physics(configuration, drawn, truth), devices: devices)
  }

  private static func physics(
    _ configuration: RigConfiguration, _ drawn: DrawnPlant, _ truth: TruthLog?
  ) throws(RigError) -> BenchPhysics {
    let plant = configuration.plant
    let ambient = plant.ambient.value
    var physics: BenchPhysics
    do throws(ModelError) {
      physics = try BenchPhysics(
        cell: cell(plant.model, drawn, drawn.parameters(of: configuration.cell), at: ambient),
        circuit: BenchCircuit(leadResistance: plant.leadResistance.value),
        chamber: Chamber(temperature: ambient, timeConstant: plant.chamberTimeConstant.value),
        contactor: Contactor(
          relays: TimedRelays(count: WaveshareRelay.count, retrigger: plant.contactorRetrigger),
          relay: configuration.contactorRelay, release: plant.contactorRelease.value),
        substep: plant.model.internalStep.value, truth: truth)
    } catch {
      throw RigError(
        .place,
        "\(plant.path): the plant of seed \(configuration.seed) cannot rest: \(error)")
    }
    for seat in configuration.seats {
      let regulation = drawn.sensors["\(seat.name).current"] ?? SensorErrors()
      if seat.kind == .riden { physics.supply.regulation = regulation }
      if seat.kind == .maynuo { physics.load.regulation = regulation }
    }
    return physics
  }

  private static func cell(
    _ model: PlantModel, _ drawn: DrawnPlant, _ parameters: CellParameters, at ambient: Double
  ) throws(ModelError) -> any PlantCell {
    switch model.name {
    case .spme:
      SPMePlant(
        SPMe(
          parameters, mesh: model.mesh, thermal: model.thermal,
          longestSubstep: model.internalStep.value),
        stateOfCharge: drawn.stateOfCharge, temperature: ambient)
    case .dfn:
      try DFNPlant(
        parameters, mesh: model.mesh, thermal: model.thermal,
        stateOfCharge: drawn.stateOfCharge, temperature: ambient)
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
