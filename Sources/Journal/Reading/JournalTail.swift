public import Quantities

/// Where a journal leaves off.
public struct JournalTail: Sendable, Hashable {
  /// Number of the last scan on record; nil: none is.
  public var lastScan: Int?
  /// The latest time on the run's clock that anything on record carries.
  public var lastTime: Seconds
  /// Reading of the rig's clock at time 0 of the run, s; nil: not paced by a rig, or not on record.
  public var paceOrigin: Double?
}
