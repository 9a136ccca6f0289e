public import Quantities

/// What a timed relay makes of being told to close again while it is closed.
public enum RearmScheme: String, Sendable, Hashable, Codable {
  /// The time starts anew: a controller that re-arms holds it closed.
  case restarts
  /// The first time runs on: it opens whatever the controller says in between.
  case runsOn = "runs-on"
}

/// Measures how long one closing holds and what a second one during it does; no current flows.
///
/// Closes once and watches when it opens; then closes, closes again at half time, and watches.
public struct RearmTest: Procedure, Sendable {
  /// The time that one closing asks for.
  public let hold: Seconds
  /// Time from one closing to the opening seen; nil until measured.
  public private(set) var single: Seconds?
  /// Time from the first of two closings to the opening seen; nil until measured.
  public private(set) var double: Seconds?
  private var stage = Stage.opening
  private var closedSince: Seconds?
  private var hasRearmed = false
  private var seenClosed = false

  private enum Stage { case opening, once, between, twice }

  /// A test of a relay that is told to hold for `hold`.
  public init(hold: Seconds) { self.hold = hold }

  /// Where it stands, in words.
  public var title: String {
    switch stage {
    case .opening, .between: "re-arming: contactor opens"
    case .once: "re-arming: one closing"
    case .twice: "re-arming: closing again at half time"
    }
  }

  /// Nothing is on; the contactor connects the cell to devices that are off.
  public var isJudged: Bool { true }

  /// The scheme that was measured.
  public var scheme: RearmScheme? {
    guard let single, let double else { return nil }
    return double - single > hold * 0.25 ? .restarts : .runsOn
  }

  /// Takes one scan's sample.
  public mutating func next(_ sample: Sample) -> ProcedureTurn {
    guard let closed = sample.contactorClosed.valid else {
      return .finished("re-arming: the contactor does not tell whether it is closed")
    }
    switch stage {
    case .opening, .between:
      guard !closed else { return overdue(sample) ?? .order(BenchOrder(.open, .off)) }
      stage = stage == .opening ? .once : .twice
      closedSince = sample.time
      seenClosed = false
      return .order(BenchOrder(.rearmed, .off))
    case .once:
      guard !stillClosed(closed) else { return waiting(sample) }
      single = elapsed(sample)
      stage = .between
      return .order(BenchOrder(.open, .off))
    case .twice:
      guard stillClosed(closed) else {
        double = elapsed(sample)
        return .finished(nil)
      }
      if !hasRearmed, elapsed(sample) >= hold * 0.5 {
        hasRearmed = true
        return .order(BenchOrder(.rearmed, .off))
      }
      return waiting(sample)
    }
  }

  /// Also true while the closing has not shown yet.
  private mutating func stillClosed(_ closed: Bool) -> Bool {
    seenClosed = seenClosed || closed
    return closed || !seenClosed
  }

  private mutating func waiting(_ sample: Sample) -> ProcedureTurn {
    if !seenClosed, elapsed(sample) > hold {
      return .finished("re-arming: the contactor does not read closed after a closing for \(hold)")
    }
    return overdue(sample) ?? .order(BenchOrder(.untouched, .off))
  }

  private func elapsed(_ sample: Sample) -> Seconds { sample.time - (closedSince ?? sample.time) }

  /// A relay that stays closed three times as long as it was told is no dead-man contactor.
  private mutating func overdue(_ sample: Sample) -> ProcedureTurn? {
    if closedSince == nil { closedSince = sample.time }
    guard elapsed(sample) > hold * 3 else { return nil }
    return .finished(
      "re-arming: the contactor is still closed \(elapsed(sample)) after a closing for \(hold): "
        + "welded, or not timed")
  }
}
