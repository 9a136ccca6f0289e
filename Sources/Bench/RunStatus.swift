public import Quantities
public import Records

/// Where a run is, for a person.
public struct RunStatus: Sendable {
  /// Time since the start of the run.
  public var time: Seconds
  /// Phase, from 1, of how many, and its name.
  public var phase: Int
  /// Number of phases.
  public var phases: Int
  /// What the phase is.
  public var phaseName: String
  /// The active step in its own words.
  public var step: String
  /// The sample just judged.
  public var sample: Sample
  /// The twin's latest estimate; nil while there is none.
  public var estimate: Estimate?
  /// Admitted current.
  public var admitted: Amperes
  /// What binds it.
  public var binding: Decision.Binding
  /// Expected time to the end of the step or charge, where it is known.
  public var timeLeft: Seconds?
  /// Control periods in which the twin was late.
  public var deadlineMisses: Int
}
