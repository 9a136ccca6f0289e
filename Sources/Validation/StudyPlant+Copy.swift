import Electrochemistry

extension StudyPlant {
  /// The same cell in the same state, with the same noise to come; it goes on alone.
  package func copied() -> StudyPlant {
    var copy = self
    switch cell {
    case .spme(let model, _): copy.cell = .spme(model, model.makeWorkspace())
    case .dfn(let solver): copy.cell = .dfn(duplicate(solver))
    }
    return copy
  }

  /// The cell alone, in its present state and air, without sensors; nil of an SPMe.
  package func trueCell() -> TrueCell? {
    guard case .dfn(let solver) = cell else { return nil }
    return TrueCell(
      start: duplicate(solver), working: duplicate(solver), trial: duplicate(solver),
      ambient: ambient)
  }

  private func duplicate(_ solver: DFNSolver) -> DFNSolver {
    let copy = DFNSolver(parameters, mesh: Self.mesh, thermal: .lumped)
    copy.take(solver)
    return copy
  }
}
