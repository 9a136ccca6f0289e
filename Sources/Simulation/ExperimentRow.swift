public import Electrochemistry

/// One row of an experiment's record.
public struct ExperimentRow: Sendable, Equatable {
  /// From 1.
  public var index: Int
  /// Of the step, from 1.
  public var stepCount: Int
  /// What the solver says.
  public var cell: SolverRow
}
