import Electrochemistry

extension ExperimentRun {
  /// Hands a row on.
  func record(_ row: SolverRow, _ stepCount: Int) throws {
    rows += 1
    lastRowTime = row.time
    try emit(ExperimentRow(index: rows, stepCount: stepCount, cell: row))
  }

  /// As `record` where nothing may be thrown: the first error waits, and no row comes after it.
  func recordInside(_ row: SolverRow, _ stepCount: Int) {
    guard emitError == nil else { return }
    do {
      try record(row, stepCount)
    } catch {
      emitError = error
    }
  }
}
