import Electrochemistry

/// A current over time on a rested cell at 25 degC.
struct CurrentProfile {
  /// s, increasing.
  var times: [Double]
  /// A, positive = charge: one for each time (linear between) or one fewer (constant between).
  var currents: [Double]
  var stateOfCharge: Double

  static let ambient = 298.15

  /// What holds from time `i` to the next.
  func control(_ i: Int) -> CellControl {
    if currents.count < times.count { return .current(currents[i]) }
    let (start, end) = (currents[i], currents[i + 1])
    return start == end ? .current(start) : .ramp(from: start, to: end)
  }

  /// The first `count` seconds of a profile with knots of one second.
  func first(_ count: Int) -> CurrentProfile {
    CurrentProfile(
      times: Array(times[...count]), currents: Array(currents[...count]),
      stateOfCharge: stateOfCharge)
  }

  func start(_ solver: any CellSolver, _ cell: CellParameters) throws {
    let (n, p) = (cell.negative, cell.positive)
    try solver.start(
      negativeStoichiometry: n.minimumStoichiometry
        + stateOfCharge * (n.maximumStoichiometry - n.minimumStoichiometry),
      positiveStoichiometry: p.maximumStoichiometry
        - stateOfCharge * (p.maximumStoichiometry - p.minimumStoichiometry),
      temperature: Self.ambient)
  }

  /// Runs the whole profile; voltages, V, at `outputTimes` into `volts`, which is as long.
  func run(
    _ solver: any CellSolver, _ cell: CellParameters, outputTimes: [Double],
    stops: [StopCondition] = [], into volts: inout [Double]
  ) throws {
    try start(solver, cell)
    var next = 0
    for i in 0..<(times.count - 1) {
      try solver.apply(control(i), ambient: Self.ambient)
      let end = try solver.run(
        for: times[i + 1] - times[i], stops: stops,
        outputTimes: times.count == 2 ? outputTimes : []
      ) { row in
        if next < volts.count { volts[next] = row.outputs.voltage }
        next += 1
      }
      if end != .duration { return }
      if next < outputTimes.count, outputTimes[next] == times[i + 1] {
        volts[next] = try solver.row().outputs.voltage
        next += 1
      }
    }
  }
}
