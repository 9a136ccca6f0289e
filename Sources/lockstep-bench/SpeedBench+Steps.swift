import Electrochemistry
import Kernels

extension SpeedBench {
  /// The mesh of the step rows: the package's own for steps of a second.
  static let stepMesh = SPMe.MeshName.medium
  static let restThenTwoC = [Double](repeating: 0, count: 4) + [Double](repeating: -10, count: 60)

  private func stepModel() -> SPMe { SPMe(cell, mesh: Self.stepMesh, thermal: .isothermal) }

  /// SPMe's step against PyBaMM's `step()`.
  func steps(_ record: PyBaMMRecord) throws -> ComparisonRow {
    let experiment = try record.experiment("spme_step")
    let pair = try finePair("spme_step", experiment, .fineSPMe)
    let loop = StepLoop(
      stepModel(), currents: experiment.currents, stateOfCharge: experiment.stateOfCharge)
    let parts = experiment.currents.count
    let timings = try Stopwatch.medians(rounds: rounds, [loop.run, loop.runWithVoltage])
    let volts = Array(try loop.voltages().suffix(experiment.times.count))
    let theirs = try experiment.run("0.5 mV")
    let with = timings[1].divided(by: parts).cpu
    return ComparisonRow(
      name: "spme_step", work: "SPMe step of 1 s: rest, then 2C", norm: .largest,
      ours: Contender(
        "mesh `\(Self.stepMesh.rawValue)`", timings[0].divided(by: parts), volts: volts,
        fine: pair),
      theirs: Contender(theirs.settings, theirs.timing, volts: theirs.voltages, fine: pair),
      fineDistance: pair.distance,
      remark: "\(figure(1e3 * with)) us with the voltage and all other outputs after each step")
  }

  /// SPMe's step in Swift over the same in C.
  func stepAgainstC() throws -> OwnRatio {
    let loop = StepLoop(stepModel(), currents: Self.restThenTwoC, stateOfCharge: 0.8)
    let distance = try loop.distanceFromC()
    guard distance < 1e-11 else {
      throw BenchFailure("the step in C is not the same arithmetic: states differ by \(distance)")
    }
    let timings = try Stopwatch.medians(rounds: 3 * rounds, [loop.run, loop.runInC])
    let n = Double(Self.restThenTwoC.count)
    return OwnRatio(
      name: "spme_step_to_c", work: "SPMe step of 1 s in Swift over the same in C",
      value: timings[0].cpu / timings[1].cpu,
      remark: "\(figure(1e6 * timings[0].cpu / n)) ns over \(figure(1e6 * timings[1].cpu / n)) ns; "
        + "C does not check inputs and states")
  }

  /// How many times less a lane's step costs than a cell's alone.
  func lanes(level: Int) throws -> OwnRatio {
    let model = stepModel()
    let cells = 64
    let lanes = SPMeLanes(model, count: cells)
    let rested = model.rest(stateOfCharge: 0.8, temperature: CurrentProfile.ambient)
    var states = Array(repeating: rested, count: cells)
    let workspace = model.makeWorkspace()
    // There and back, so that no state ever leaves.
    var (alone, together) = (1.0, 1.0)
    let timings = try Stopwatch.medians(
      rounds: 3 * rounds,
      [
        {
          alone = -alone
          for i in 0..<cells {
            try model.step(
              &states[i], current: 5 * alone, ambient: CurrentProfile.ambient, duration: 1,
              workspace: workspace)
          }
        },
        {
          together = -together
          try lanes.step(
            current: 5 * together, ambient: CurrentProfile.ambient, duration: 1)
        },
      ])
    let name = level >= 4 ? "spme_lanes_avx512" : level == 3 ? "spme_lanes_avx2" : "spme_lanes_sse"
    let n = Double(cells)
    return OwnRatio(
      name: name, work: "SPMe step of 1 s, scalar over a lane of eight",
      value: timings[0].cpu / timings[1].cpu,
      remark: "\(figure(1e6 * timings[0].cpu / n)) ns over \(figure(1e6 * timings[1].cpu / n)) ns")
  }
}
