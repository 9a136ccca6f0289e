/// A cell model integrated in time with a step that follows the solution: SPM, SPMe and DFN.
///
/// `start`, then for each piece of the experiment `apply` a control and `run` under it. One
/// thread; no call allocates after the first `run` of a size.
public protocol CellSolver: AnyObject {
  /// Rests at these stoichiometries and this temperature, K, at time 0 and zero net capacity.
  func start(
    negativeStoichiometry: Double, positiveStoichiometry: Double, temperature: Double
  ) throws(ModelError)

  /// Imposes a control from now on; everything that has no inertia follows at once, so `row` is
  /// then just after the switch.
  ///
  /// - Parameter ambient: K.
  func apply(_ control: CellControl, ambient: Double) throws(ModelError)

  /// This instant, under the control in force.
  func row() throws(ModelError) -> SolverRow

  /// Goes on under the control in force; on an error the last good state and time are kept.
  ///
  /// - Parameters:
  ///   - duration: s, above 0; a `ramp` lasts exactly this long.
  ///   - stops: the run ends where the first of them is met, located to 1 ms; one that holds
  ///     already at the start ends it there with no time passed.
  ///   - outputTimes: since `start`, s, increasing; those strictly inside the run are emitted.
  ///   - emit: called in order of time, not for the run's start and end.
  func run(
    for duration: Double, stops: [StopCondition], outputTimes: [Double],
    emit: (SolverRow) -> Void
  ) throws(ModelError) -> RunEnd

  /// Counted since `start`.
  var statistics: SolverStatistics { get }
}
