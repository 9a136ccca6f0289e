/// One instant of a run.
public struct SolverRow: Sendable, Equatable {
  /// Since `start`, s.
  public var time: Double
  /// A, positive = charge.
  public var current: Double
  /// Charged minus discharged since `start`, A h.
  public var netCapacity: Double
  /// Terminals and internals.
  public var outputs: CellOutputs

  /// One instant.
  public init(time: Double, current: Double, netCapacity: Double, outputs: CellOutputs) {
    self.time = time
    self.current = current
    self.netCapacity = netCapacity
    self.outputs = outputs
  }
}
