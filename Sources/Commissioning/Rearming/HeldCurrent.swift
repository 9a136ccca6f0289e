public import Quantities

/// Lets a small current flow until somebody ends it: what a proof strikes at.
public struct HeldCurrent: Procedure, Sendable {
  /// Positive charges.
  public let current: Amperes
  private let tolerance: Amperes
  private let limit: Seconds
  private let through: Seconds
  private var inARow = 0
  /// For how long it has been seen without a break.
  private var lasted = Seconds.zero
  private var since: Seconds?

  /// A steady `current`, which counts as flowing within `tolerance`; it ends by itself after
  /// `limit`, should whoever was to end it be gone.
  ///
  /// - Parameter through: how long it must have flowed without a break: as long as it takes until each
  ///   re-arming that holds the contactor has been needed once.
  public init(
    _ current: Amperes, tolerance: Amperes, limit: Seconds, through: Seconds = .zero
  ) {
    self.current = current
    self.tolerance = tolerance
    self.limit = limit
    self.through = through
  }

  /// What it does, in words.
  public var title: String { "\(current) held" }
  /// The envelope judges from the first sample on.
  public var isJudged: Bool { true }
  /// Whether the current was seen in three samples in a row, and for long enough.
  public var isFlowing: Bool { inARow >= 3 && lasted >= through }

  /// Takes one scan's sample.
  public mutating func next(_ sample: Sample) -> ProcedureTurn {
    let isThere = sample.current.valid.map { ($0 - current).magnitude <= tolerance } ?? false
    inARow = isThere ? inARow + 1 : 0
    since = isThere ? since ?? sample.time : nil
    lasted = since.map { sample.time - $0 } ?? .zero
    guard sample.time < limit else {
      let seen = sample.current.valid.map { "\($0)" } ?? "no reading"
      return .finished("nobody ended \(current) within \(limit); \(seen) seen last")
    }
    return .order(BenchOrder(.rearmed, .current(current)))
  }
}
