public import Quantities

/// Lets a small current flow until somebody ends it: what a proof strikes at.
public struct HeldCurrent: Procedure, Sendable {
  /// Positive charges.
  public let current: Amperes
  private let tolerance: Amperes
  private let limit: Seconds
  private var inARow = 0

  /// A steady `current`, which counts as flowing within `tolerance`; it ends by itself after
  /// `limit`, should whoever was to end it be gone.
  public init(_ current: Amperes, tolerance: Amperes, limit: Seconds) {
    self.current = current
    self.tolerance = tolerance
    self.limit = limit
  }

  /// What it does, in words.
  public var title: String { "\(current) held" }
  /// The envelope judges from the first sample on.
  public var isJudged: Bool { true }
  /// Whether the current was seen in three samples in a row.
  public var isFlowing: Bool { inARow >= 3 }

  /// Takes one scan's sample.
  public mutating func next(_ sample: Sample) -> ProcedureTurn {
    let isThere = sample.current.valid.map { ($0 - current).magnitude <= tolerance } ?? false
    inARow = isThere ? inARow + 1 : 0
    guard sample.time < limit else {
      let seen = sample.current.valid.map { "\($0)" } ?? "no reading"
      return .finished("nobody ended \(current) within \(limit); \(seen) seen last")
    }
    return .order(BenchOrder(.rearmed, .current(current)))
  }
}
