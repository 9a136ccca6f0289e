public import Electrochemistry

extension SolverChoice {
  /// The solver for one cell: the only place where one is made.
  public func makeSolver(
    _ parameters: CellParameters
  ) throws(SolverUnavailable) -> any CellSolver {
    switch model {
    case .spme: FixedStepSolver(parameters, mesh: mesh, thermal: thermal)
    case .spm, .dfn: throw SolverUnavailable(model: model)
    }
  }
}
