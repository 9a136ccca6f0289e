public import Protocols

/// What is done to the cell.
public enum Experiment: Sendable, Hashable {
  /// One step after the other; the cell's cut-offs hold.
  case steps([ProtocolStep])
  /// A current to its last point, without cut-offs.
  case current(CurrentProfile)
}
