public import Electrochemistry

/// What an experiment came to.
public struct ExperimentSummary: Sendable, Equatable {
  /// Every step that began, in order; a skipped one too.
  public var steps: [StepResult]
  /// The cut-off that ended the run before its last step's end.
  public var cutOff: CutOff?
  /// When the run ended, s.
  public var endTime: Double
  /// Rows emitted.
  public var rows: Int
  /// Time spent in the solver, s of the clock given.
  public var solveSeconds: Double
  /// The solver's count.
  public var statistics: SolverStatistics
}
