import Electrochemistry

extension ExperimentRun {
  /// Calls the solver on the clock and says where it stood when it could not go on.
  func timed<T>(
    _ stepCount: Int, _ step: String, _ body: (any CellSolver) throws(ModelError) -> T
  ) throws(ExperimentError) -> T {
    let start = now()
    defer { solveSeconds += now() - start }
    do throws(ModelError) {
      return try body(solver)
    } catch {
      throw .model(error, time: time, stepCount: stepCount, step: step)
    }
  }

  /// The cell just after `control` was imposed.
  func switched(
    to control: CellControl, _ stepCount: Int, _ step: String
  ) throws(ExperimentError) -> SolverRow {
    try timed(stepCount, step) { solver throws(ModelError) in
      try solver.apply(control, ambient: ambient)
      var row = try solver.row()
      row.time = time
      return row
    }
  }

  /// Goes on for `duration`, writes the rows due inside, and returns why it ended and the row there.
  func advance(
    for duration: Double, stops: [StopCondition], outputTimes: [Double], _ stepCount: Int,
    _ step: String
  ) throws -> (RunEnd, SolverRow) {
    var due = outputTimes.makeIterator()
    var (end, row): (RunEnd, SolverRow)
    do {
      (end, row) = try timed(stepCount, step) { solver throws(ModelError) in
        let end = try solver.run(for: duration, stops: stops, outputTimes: outputTimes) { row in
          let entered = now()
          var row = row
          // The time that was asked for, not the solver's sum of steps.
          row.time = due.next() ?? row.time
          recordInside(row, stepCount)
          solveSeconds -= now() - entered
        }
        return (end, try solver.row())
      }
    } catch ExperimentError.model(let error, _, _, _) {
      if let emitError { throw emitError }
      throw try afterLastGood(error, stepCount, step)
    }
    if let emitError { throw emitError }
    time = end == .duration ? time + duration : row.time
    row.time = time
    return (end, row)
  }

  /// Writes the last good state as the run's last row; the error carries its time.
  private func afterLastGood(
    _ error: ModelError, _ stepCount: Int, _ step: String
  ) throws -> ExperimentError {
    if let row = try? solver.row(), row.time > time {
      time = row.time
      if row.time > lastRowTime { try record(row, stepCount) }
    }
    return .model(error, time: time, stepCount: stepCount, step: step)
  }
}
