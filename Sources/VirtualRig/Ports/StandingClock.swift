/// Decides when pace time passes by itself. Wall times in ns of a monotonic clock.
///
/// A stepped clock stands until its first tick, or until the contactor closes, so that what a
/// controller does before its first scan takes no time however long it takes. After that it waits for
/// the next tick for `patience` and then runs on.
package struct StandingClock {
  /// What is to be done now.
  package enum Action: Equatable {
    /// Nothing; ask again after this long.
    case wait(Int64)
    /// Let this much pass, from the wall time reached before.
    case run(Int64)
  }

  /// A stepped clock that nobody ticked for this long runs on.
  package static let patience: Int64 = 200_000_000

  private let pace: Pace
  private var lastTick: Int64?
  private var isArmed: Bool
  /// Wall time up to which pace time has been brought.
  private var reached: Int64
  /// Whether time passes by itself.
  package private(set) var isRunning: Bool

  package init(_ pace: Pace, now: Int64) {
    self.pace = pace
    isArmed = pace == .real
    isRunning = pace == .real
    reached = now
  }

  /// `lastTick`: when the pace device was last asked to run; nil: never.
  package mutating func action(now: Int64, lastTick: Int64?, contactorClosed: Bool) -> Action {
    if pace == .stepped {
      if let lastTick, lastTick != self.lastTick {
        self.lastTick = lastTick
        start(from: lastTick)
      } else if !isArmed, contactorClosed {
        start(from: now)
      }
      guard isArmed else { return .wait(Self.patience / 4) }
    }
    guard now > reached else { return .wait(reached - now) }
    isRunning = true
    // Whole microseconds: the rest stays for the next time.
    let passed = (now - reached) / 1000 * 1000
    reached += passed
    return .run(passed)
  }

  private mutating func start(from tick: Int64) {
    isArmed = true
    isRunning = false
    reached = tick + Self.patience
  }
}
