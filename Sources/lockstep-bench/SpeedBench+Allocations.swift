import CAllocations
import Electrochemistry

extension SpeedBench {
  /// Heap allocations of steps and of solves under way, after a first one of the same kind.
  func allocations() throws -> [AllocationCount] {
    let model = SPMe(cell, mesh: Self.stepMesh, thermal: .lumped)
    let loop = StepLoop(model, currents: Self.restThenTwoC, stateOfCharge: 0.8)
    let lanes = SPMeLanes(model, count: 16)
    let spme = try SingleParticleSolver(model, relativeTolerance: 1e-5)
    let dfn = DFNSolver(
      cell, size: Self.dfnStepMesh, thermal: .lumped, relativeTolerance: 1e-4)
    return [
      try count("spme_step", loop.run),
      try count("spme_lanes_step") {
        try lanes.step(current: 0, ambient: CurrentProfile.ambient, duration: 1)
      },
      try count("spme_solver_second", try seconds(spme)),
      try count("dfn_solver_second", try seconds(dfn)),
      try count("dfn_step") {
        try dfn.step(current: 2, ambient: CurrentProfile.ambient, duration: 1)
      },
    ]
  }

  /// A second more under a current that goes up and down.
  private func seconds(_ solver: any CellSolver) throws -> () throws -> Void {
    let profile = CurrentProfile(times: [0, 1], currents: [0, 0], stateOfCharge: 0.5)
    try profile.start(solver, cell)
    var current = 4.0
    return {
      try solver.apply(.ramp(from: -current, to: current), ambient: CurrentProfile.ambient)
      current = -current
      _ = try solver.run(for: 1, stops: [], outputTimes: []) { _ in }
    }
  }

  private func count(_ name: String, _ work: () throws -> Void) throws -> AllocationCount {
    let probe = lockstep_allocations()
    let kept = [UInt8](repeating: 1, count: 1000 + rounds)
    guard lockstep_allocations() > probe, kept.count >= 1000 else {
      throw BenchFailure("allocations are not counted in this build")
    }
    for _ in 0..<4 { try work() }
    let repeats = 100
    let before = lockstep_allocations()
    for _ in 0..<repeats { try work() }
    return AllocationCount(
      name: name, count: Int(lockstep_allocations() - before), repeats: repeats)
  }
}
