/// Wall time that each stage of one scan took, microseconds.
public struct Timing: Sendable, Hashable {
  /// Scan that it belongs to.
  public var scan: Int
  /// From the scan's due time to its start (real pace; 0 when stepped).
  public var lateness: Double
  /// All ports acquired.
  public var acquire: Double
  /// The twin's assimilation and decision.
  public var twin: Double
  /// Commands written and read back.
  public var actuate: Double
  /// Whole scan.
  public var total: Double
  /// The twin missed its deadline in this scan.
  public var twinMissed: Bool

  /// A timing row from its parts.
  public init(
    scan: Int, lateness: Double, acquire: Double, twin: Double, actuate: Double, total: Double,
    twinMissed: Bool
  ) {
    self.scan = scan
    self.lateness = lateness
    self.acquire = acquire
    self.twin = twin
    self.actuate = actuate
    self.total = total
    self.twinMissed = twinMissed
  }
}
