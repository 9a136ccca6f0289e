/// The contactor behind one relay: closes with its coil, opens a release time after it. Pace time.
struct Contactor: Equatable {
  /// The board; one of its relays drives the coil.
  var relays: TimedRelays
  private let relay: Int
  /// Microseconds.
  private let release: Int64
  /// When the contacts open; nil: nothing to come.
  private var opening: Int64?
  /// Whether the contacts are closed.
  private(set) var isClosed = false

  /// `release` in s.
  init(relays: TimedRelays, relay: Int, release: Double) {
    self.relays = relays
    self.relay = relay
    self.release = Int64((release * 1e6).rounded())
  }

  /// The next instant at which something moves by itself.
  var nextDeadline: Int64? {
    guard let opening else { return relays.nextDeadline }
    return min(opening, relays.nextDeadline ?? opening)
  }

  /// Lets the coil act on the contacts; call it after each change and at each deadline.
  mutating func follow(at now: Int64) {
    relays.expire(at: now)
    if relays.closed[relay] {
      isClosed = true
      opening = nil
    } else if isClosed {
      let due = opening ?? now + release
      opening = due > now ? due : nil
      if due <= now { isClosed = false }
    }
  }
}
