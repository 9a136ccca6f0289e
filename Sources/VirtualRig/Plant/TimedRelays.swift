internal import Profiles

/// Relays that open (or close) by themselves when their time is over, in pace time.
struct TimedRelays: Equatable {
  /// Pace time, microseconds, at which a relay changes over; nil when it stays.
  private var deadlines: [Int64?]
  private(set) var closed: [Bool]
  let retrigger: PlantFile.Retrigger
  /// A fault: as if `retrigger` were `ignored`.
  var ignoresRearming = false

  init(count: Int, retrigger: PlantFile.Retrigger) {
    deadlines = Array(repeating: nil, count: count)
    closed = Array(repeating: false, count: count)
    self.retrigger = retrigger
  }

  /// For good.
  mutating func set(_ relay: Int, closed: Bool) {
    self.closed[relay] = closed
    deadlines[relay] = nil
  }

  /// Without power all are open.
  mutating func fall() {
    for relay in closed.indices { set(relay, closed: false) }
  }

  /// For a time, microseconds; then the other way.
  mutating func flash(_ relay: Int, closed state: Bool, for time: Int64, at now: Int64) {
    if retrigger == .ignored || ignoresRearming, deadlines[relay] != nil, closed[relay] == state {
      return
    }
    closed[relay] = state
    deadlines[relay] = now + time
  }

  /// The first change-over to come.
  var nextDeadline: Int64? { deadlines.lazy.compactMap { $0 }.min() }

  /// Carries out what is due.
  mutating func expire(at now: Int64) {
    for index in deadlines.indices {
      guard let deadline = deadlines[index], deadline <= now else { continue }
      closed[index].toggle()
      deadlines[index] = nil
    }
  }
}
