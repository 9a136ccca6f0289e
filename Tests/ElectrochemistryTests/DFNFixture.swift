import Electrochemistry
import Testing

/// A Chen2020 DFN that the laws push about.
enum DFNFixture {
  static func solver(
    _ cell: CellParameters? = nil, thermal: SPMe.Thermal = .isothermal,
    mesh: SPMe.MeshName = .coarse, tolerance: Double = 2e-5, stateOfCharge: Double = 0.5
  ) throws -> DFNSolver {
    let cell = try cell ?? Fixtures.chen2020()
    let solver = DFNSolver(cell, mesh: mesh, thermal: thermal, relativeTolerance: tolerance)
    try start(solver, cell, stateOfCharge)
    return solver
  }

  static func start(
    _ solver: DFNSolver, _ cell: CellParameters, _ stateOfCharge: Double
  ) throws {
    let (n, p) = (cell.negative, cell.positive)
    try solver.start(
      negativeStoichiometry: n.minimumStoichiometry
        + stateOfCharge * (n.maximumStoichiometry - n.minimumStoichiometry),
      positiveStoichiometry: p.maximumStoichiometry
        - stateOfCharge * (p.maximumStoichiometry - p.minimumStoichiometry),
      temperature: 298.15)
  }

  /// Applies a control and runs under it, rows at `times` into `rows`.
  @discardableResult
  static func run(
    _ solver: DFNSolver, _ control: CellControl, _ duration: Double,
    _ stops: [StopCondition] = [], times: [Double] = [], rows: (SolverRow) -> Void = { _ in }
  ) throws -> RunEnd {
    try solver.apply(control, ambient: 298.15)
    return try solver.run(for: duration, stops: stops, outputTimes: times, emit: rows)
  }
}
