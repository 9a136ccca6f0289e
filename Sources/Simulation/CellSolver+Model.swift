public import Electrochemistry

extension SolverChoice {
  /// The solver for one cell: the only place where one is made.
  public func makeSolver(_ parameters: CellParameters) throws(ModelError) -> any CellSolver {
    switch model {
    case .spm:
      try SingleParticleSolver(
        parameters, model: .spm, mesh: mesh, thermal: thermal, relativeTolerance: relativeTolerance)
    case .spme:
      try SingleParticleSolver(
        parameters, model: .spme, mesh: mesh, thermal: thermal,
        relativeTolerance: relativeTolerance)
    case .dfn:
      DFNSolver(parameters, mesh: mesh, thermal: thermal, relativeTolerance: relativeTolerance)
    }
  }
}
