internal import Electrochemistry

extension Rig {
  /// Draws the plant, puts the devices in front of it and opens the truth.
  static func bench(_ configuration: RigConfiguration) throws -> sending VirtualBench {
    let (plant, seed) = (configuration.plant, configuration.seed)
    let drawn = DrawnPlant(plant, seed: seed)
    let model = SPMe(
      drawn.parameters(of: plant.cell), mesh: plant.mesh, thermal: plant.thermal,
      longestSubstep: plant.step)
    let cell = PlantCell(model, stateOfCharge: drawn.stateOfCharge, temperature: plant.ambient)
    do {
      _ = try cell.outputs(current: 0, ambient: plant.ambient)
    } catch {
      throw RigError(.place, "the drawn plant of seed \(seed) cannot rest: \(error)")
    }
    let truth = try configuration.truthPath.map { path throws(RigError) in
      let sidecar = TruthSidecar(plant, drawn, seed: seed, pace: configuration.pace)
      try TruthFile.write(Array(sidecar.json.utf8), to: path + ".json")
      return try TruthLog(path: path)
    }
    let physics = try BenchPhysics(
      cell: cell, circuit: BenchCircuit(leadResistance: plant.leadResistance),
      chamber: Chamber(temperature: plant.ambient, timeConstant: plant.chamberTimeConstant),
      relays: TimedRelays(count: WaveshareRelay.count, retrigger: plant.retrigger),
      substep: plant.step, truth: truth)
    let isStepped = configuration.pace == .stepped
    let devices = configuration.seats.map {
      $0.kind.device($0.name, seed: seed, isStepped: isStepped, errors: drawn.sensors)
    }
    return VirtualBench(physics: physics, devices: devices)
  }
}
