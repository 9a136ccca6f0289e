/// What a solver did since `start`.
public struct SolverStatistics: Sendable, Equatable {
  /// Accepted steps.
  public var steps = 0
  /// Steps tried again with a shorter one.
  public var rejections = 0
  /// Evaluations of the model's equations.
  public var evaluations = 0
  /// Factorisations of its linear systems.
  public var factorisations = 0

  /// Nothing done.
  public init() {}
}
