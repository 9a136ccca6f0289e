/// What a line wants in time. Reply timeouts are wall time; gaps are skipped in stepped pace, where
/// they count in pace time.
public struct LineTiming: Sendable, Hashable {
  /// How the run is paced.
  public enum Pacing: String, Sendable, Hashable, CaseIterable { case real, stepped }

  /// Time to wait for a whole reply, ms of wall time.
  public var replyTimeoutMilliseconds: Int
  /// Silence before any request, ns.
  public var gapNanoseconds: Int64
  /// Silence after a write, ns.
  public var gapAfterWriteNanoseconds: Int64
  /// Whether gaps are kept.
  public var pacing: Pacing

  /// Timing from its parts. Gaps are in seconds.
  public init(
    replyTimeoutMilliseconds: Int, gap: Double = 0, gapAfterWrite: Double = 0,
    pacing: Pacing = .real
  ) {
    self.replyTimeoutMilliseconds = max(1, replyTimeoutMilliseconds)
    gapNanoseconds = Int64((gap * 1e9).rounded(.up))
    gapAfterWriteNanoseconds = Int64((gapAfterWrite * 1e9).rounded(.up))
    self.pacing = pacing
  }
}
