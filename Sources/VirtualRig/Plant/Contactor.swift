internal import Profiles

/// The contactor behind one relay, or two side by side: two contacts in series that close with its coil and
/// open a release time after it. Pace time.
struct Contactor: Equatable {
  /// The board; each of its relays in `coil` drives the coil.
  var relays: TimedRelays
  private let coil: Range<Int>
  /// Microseconds.
  private let release: Int64
  /// When the contacts open; nil: nothing to come.
  private var opening: Int64?
  /// Whether sound contacts are closed.
  private var isDriven = false
  /// A fault: contacts that do not open.
  private var welded: FaultEffect.Contacts?
  /// A fault: contacts that do not close.
  private var isStuckOpen = false
  /// What interrupts the coil circuit: an emergency stop, a door.
  private(set) var openInputs: Set<FaultEffect.CoilInput> = []

  /// Whether current can pass: a single welded contact still leaves the other.
  var isClosed: Bool { !isStuckOpen && (welded == .both || isDriven) }

  /// Whether the relay beside the contactor's own is closed: it carries the alarm.
  var alarmIsOn: Bool { relays.closed[coil.lowerBound > 0 ? 0 : coil.upperBound] }

  /// `release` in s.
  init(relays: TimedRelays, coil: Range<Int>, release: Double) {
    self.relays = relays
    self.coil = coil
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
    if relays.closed[coil].contains(true), openInputs.isEmpty {
      isDriven = true
      opening = nil
    } else if isDriven {
      let due = opening ?? now + release
      opening = due > now ? due : nil
      if due <= now { isDriven = false }
    }
  }

  /// What the faults in force make of it.
  mutating func apply(_ conditions: PlantConditions) {
    welded = conditions.welded
    isStuckOpen = conditions.isStuckOpen
    openInputs = conditions.openInputs
    relays.ignoresRearming = conditions.ignoresRearming
  }
}
