import Quantities

extension ProtocolMachine {
  /// The run was stopped after the last observation and goes on with the next one, however much later.
  ///
  /// Of the step that ran, time and charge stand as they were at the last observation: the stop counts for
  /// neither. At the next observation no current of the step has flowed yet, so that what waited for it at
  /// the step's beginning waits again (`voltageSettling`, `currentSettling`), and a constant current that
  /// had turned into a hold flows again before it. Twice in a row is as once.
  public mutating func interrupt() { isInterrupted = true }

  /// Whether `running` goes on at `observation` after a stop.
  mutating func resume(_ running: inout RunningStep, at observation: Observation) -> Bool {
    defer { isInterrupted = false }
    guard isInterrupted, let last else { return false }
    running.resume(at: observation.time, stoppedAt: last.time)
    return true
  }
}
