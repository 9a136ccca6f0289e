import Electrochemistry
import Quantities
import Simulation

/// Constant current, constant voltage, and back at constant current, over and over: what labs cycle with. The
/// currents are those that the believed cell would take, a mean for each `stretch`.
struct ConstantVoltageCycle {
  /// s.
  private static let stretch = 30.0
  /// Of the nominal capacity: where a hold is over.
  private static let tail = 0.05

  private let solver: any CellSolver
  private let problem: DesignProblem
  private let hold: ClosedRange<Double>

  /// - Parameter margin: V, kept from either voltage limit.
  init?(_ problem: DesignProblem, margin: Double) {
    let limits = problem.limits.voltage
    guard limits.upperBound - limits.lowerBound > 2 * margin,
      let solver = try? SolverChoice(model: .spme, mesh: .coarse, thermal: .lumped)
        .makeSolver(problem.cell)
    else { return nil }
    (self.solver, self.problem) = (solver, problem)
    hold = (limits.lowerBound + margin)...(limits.upperBound - margin)
  }

  /// The plan; nil when the model cannot follow it.
  func plan() -> ExcitationPlan? {
    var segments: [ExcitationPlan.Segment] = []
    do throws(ModelError) {
      let start = SPMe(problem.cell, mesh: .coarse, thermal: .lumped)
        .stoichiometries(stateOfCharge: problem.stateOfCharge)
      try solver.start(
        negativeStoichiometry: start.negative, positiveStoichiometry: start.positive,
        temperature: problem.ambient)
      var left = problem.duration
      while left > 1e-6 {
        try charge(&segments, &left)
        try discharge(&segments, &left)
      }
    } catch { return nil }
    return ExcitationPlan(segments)
  }

  private func charge(
    _ segments: inout [ExcitationPlan.Segment], _ left: inout Double
  ) throws(ModelError) {
    try current(
      problem.limits.current.upperBound, until: hold.upperBound, side: .atLeast, &segments, &left)
    let tail = Self.tail * problem.cell.nominalCapacity.value
    var mean = Double.infinity
    while left > 1e-6, mean > tail {
      let time = min(Self.stretch, left)
      let before = try solver.row().netCapacity
      try solver.apply(.voltage(hold.upperBound), ambient: problem.ambient)
      _ = try solver.run(for: time, stops: [], outputTimes: []) { _ in }
      mean = (try solver.row().netCapacity - before) * 3600 / time
      segments.append(.init(current: max(mean, 0), duration: time))
      left -= time
    }
  }

  private func discharge(
    _ segments: inout [ExcitationPlan.Segment], _ left: inout Double
  ) throws(ModelError) {
    try current(
      problem.limits.current.lowerBound, until: hold.lowerBound, side: .atMost, &segments, &left)
    let rest = min(10 * Self.stretch, left)
    guard rest > 1e-6 else { return }
    try solver.apply(.current(0), ambient: problem.ambient)
    _ = try solver.run(for: rest, stops: [], outputTimes: []) { _ in }
    segments.append(.init(current: 0, duration: rest))
    left -= rest
  }

  private func current(
    _ amperes: Double, until volts: Double, side: StopCondition.Side,
    _ segments: inout [ExcitationPlan.Segment], _ left: inout Double
  ) throws(ModelError) {
    guard left > 1e-6 else { return }
    try solver.apply(.current(amperes), ambient: problem.ambient)
    let start = try solver.row().time
    _ = try solver.run(
      for: left, stops: [StopCondition(.voltage, side, volts)], outputTimes: []
    ) { _ in }
    let time = try solver.row().time - start
    guard time > 1e-6 else { return }
    segments.append(.init(current: amperes, duration: time))
    left -= time
  }
}
