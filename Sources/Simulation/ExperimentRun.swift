// Goals, in order: 1. every rule of rows, ends and cut-offs in one place, for every model;
// 2. the end of a step comes from the solver's event, never from a row; 3. nothing kept that is
// written. Oracle: a cell with an open-circuit voltage linear in charge, whose event times are
// closed forms (Tests/SimulationTests).

public import Electrochemistry
import Protocols
import Quantities

/// One experiment on one cell, row after row.
public final class ExperimentRun {
  /// Most rows that one step may write.
  public static let mostRows = 10_000_000

  let solver: any CellSolver
  let setting: ExperimentSetting
  let emit: (ExperimentRow) throws -> Void
  let now: () -> Double

  /// Since the start, s: step ends by time are exact here, not sums of the solver's steps.
  var time = 0.0
  /// K; a chamber step moves it.
  var ambient: Double
  var rows = 0
  /// Of the last row, s.
  var lastRowTime = -Double.infinity
  var steps: [StepResult] = []
  var solveSeconds = 0.0
  /// The first error of `emit`.
  var emitError: (any Error)?

  /// A run of `solver`.
  ///
  /// - Parameters:
  ///   - now: a monotonic clock, s, that measures the time in the solver.
  ///   - emit: takes each row as it comes.
  public init(
    _ solver: any CellSolver, _ setting: ExperimentSetting, now: @escaping () -> Double,
    emit: @escaping (ExperimentRow) throws -> Void
  ) {
    self.solver = solver
    self.setting = setting
    self.now = now
    self.emit = emit
    ambient = setting.ambient
  }

  /// Does it from the start.
  ///
  /// - Throws: `ExperimentError`, or what `emit` throws; rows so far stand.
  public func run(_ experiment: Experiment) throws -> ExperimentSummary {
    try check(experiment)
    try timed(0, "start") { solver throws(ModelError) in
      try solver.start(
        negativeStoichiometry: setting.negativeStoichiometry,
        positiveStoichiometry: setting.positiveStoichiometry, temperature: setting.temperature)
    }
    var cutOff: CutOff?
    switch experiment {
    case .current(let profile): try follow(profile)
    case .steps(let list):
      for (index, step) in list.enumerated() {
        cutOff = try perform(step, index + 1)
        if cutOff != nil { break }
      }
      // The end is always a row, also when every step was skipped: the cell at rest.
      if rows == 0 {
        try record(try switched(to: .current(0), list.count, "rest"), list.count)
      }
    }
    return ExperimentSummary(
      steps: steps, cutOff: cutOff, endTime: time, rows: rows, solveSeconds: solveSeconds,
      statistics: solver.statistics)
  }

  private func check(_ experiment: Experiment) throws(ExperimentError) {
    let most = Double(Self.mostRows)
    switch experiment {
    case .steps(let list):
      for step in list {
        let period = step.period?.value ?? setting.period
        guard step.timeLimit.value / period <= most else {
          throw .tooManyRows(step: "\"\(step.text)\"", period: period)
        }
      }
    case .current(let profile):
      guard (profile.times.last ?? 0) / setting.period <= most else {
        throw .tooManyRows(step: "the current profile", period: setting.period)
      }
    }
  }
}
