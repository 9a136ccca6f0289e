extension Rig {
  /// Draws the plant and puts the devices in front of it.
  static func bench(_ configuration: RigConfiguration) throws -> sending VirtualBench {
    let (plant, seed) = (configuration.plant, configuration.seed)
    let truth = try configuration.truthPath.map { try TruthLog(path: $0) }
    let soc =
      plant.stateOfCharge
      + plant.stateOfChargeDeviation
      * NoiseStream(seed: seed, name: "initial.state_of_charge").normal(at: 0)
    let physics = try BenchPhysics(
      cell: PlantCell(stateOfCharge: min(max(soc, 0), 1), temperature: plant.ambient),
      circuit: BenchCircuit(leadResistance: plant.leadResistance),
      chamber: Chamber(temperature: plant.ambient, timeConstant: plant.chamberTimeConstant),
      relays: TimedRelays(
        count: WaveshareRelay.count, retrigger: plant.retriggerRestarts ? .restarts : .ignored),
      truth: truth)
    let isStepped = configuration.pace == .stepped
    let devices = configuration.seats.map {
      $0.kind.device($0.name, seed: seed, isStepped: isStepped, errors: plant.errors)
    }
    return VirtualBench(physics: physics, devices: devices)
  }
}
