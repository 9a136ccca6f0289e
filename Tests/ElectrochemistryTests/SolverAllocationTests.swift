import CAllocations
import Electrochemistry
import Testing

@Suite("Allocations of the steps")
struct SolverAllocationTests {
  private func counted(_ work: () throws -> Void) rethrows -> UInt64 {
    let before = lockstep_allocations()
    try work()
    return lockstep_allocations() - before
  }

  @Test("neither the adaptive solver, nor a step, nor lanes allocate once they run")
  func none() throws {
    let cell = try Fixtures.chen2020()
    let solver = try SingleParticleSolver(cell, model: .spme, mesh: .coarse, thermal: .lumped)
    try solver.start(negativeStoichiometry: 0.5, positiveStoichiometry: 0.5, temperature: 298.15)
    let stops = [StopCondition(.voltage, .atMost, 2.6), StopCondition(.temperature, .atLeast, 400)]
    let times = (0..<500).map { Double($0) }
    var sum = 0.0
    func pieces() throws {
      for control in [CellControl.current(-3), .ramp(from: -3, to: 2), .voltage(3.7), .power(4)] {
        try solver.apply(control, ambient: 298.15)
        _ = try solver.run(for: 20, stops: stops, outputTimes: times) { sum += $0.current }
        sum += try solver.row().current
      }
    }
    try pieces()
    #expect(try counted(pieces) == 0)

    let model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    let workspace = model.makeWorkspace()
    var x = model.rest(stateOfCharge: 0.5, temperature: 298.15)
    let lanes = SPMeLanes(model, count: 20)
    func steps() throws {
      try model.step(&x, current: 2, ambient: 298.15, duration: 1, workspace: workspace)
      sum += try model.outputs(x, current: 2, ambient: 298.15).voltage
      try lanes.step(current: 2, ambient: 298.15, duration: 1)
    }
    try steps()
    #expect(try counted(steps) == 0)
    var probe = [1.0]
    #expect(counted { probe.append(sum) } > 0, "the counter counts: \(probe.count)")
  }
}
