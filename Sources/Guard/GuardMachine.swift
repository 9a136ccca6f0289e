/// Who to kill when, and what next: event in, action out. Holds no descriptor and reads no clock.
///
/// But for an orderly, confirmed end it leaves only after the safe plan was replayed, the meter asked and
/// the latch set, in this order. As long as the meter does not show that the current is gone it goes on
/// trying and keeps the bench locked; only a person's second signal ends that. Times are milliseconds on
/// any monotonic clock.
public struct GuardMachine: Sendable, Hashable {
  /// What happened.
  public enum Event: Sendable, Hashable {
    /// A beat of the controller's heart.
    case beat
    /// The controller says: made safe, verified, closing down.
    case madeSafe
    /// End of file on the heartbeat pipe.
    case heartEnded
    /// The controller ended and was reaped, or could not be started at all.
    case ended(ControllerExit)
    /// posix_spawn failed; an errno.
    case notStarted(Int32)
    /// Somebody asked the guard to stop.
    case signal(Int32)
    /// The deadline has come, and nothing else.
    case tick
    /// The safe plan was replayed once; whether every device answered.
    case replayed(complete: Bool)
    /// The meter was asked; whether the current is gone.
    case asked(gone: Bool)
    /// The latch was set, or could not be.
    case latched
    /// The watch after the trip is over.
    case watched
  }

  /// What is to be done now.
  public enum Action: Sendable, Hashable {
    /// Wait for the next event, until `deadline`.
    case wait
    /// Send this signal to the controller, then wait.
    case forward(Int32)
    /// SIGKILL to the controller, then wait for its end.
    case kill(Distress)
    /// Replay the safe plan once.
    case replay(Distress)
    /// Ask the meter, for a while, whether the current is gone.
    case askMeter
    /// Latch the bench.
    case latch(Distress, gone: Bool)
    /// Say that the current is not shown to be gone, and wait.
    case warn
    /// Keep watch over meters and thermometers.
    case watch
    /// Leave with this status.
    case exit(Int32)
  }

  /// The times that it decides by, ms.
  public struct Times: Sendable, Hashable {
    /// Silence that counts as hung.
    public var silence: Int64
    /// From the start to the first beat; nothing may be energised before it.
    public var start: Int64 = 10_000
    /// From a forwarded signal to the end.
    public var stop: Int64 = 10_000
    /// Silence allowed once the bench was said to be safe.
    public var closing: Int64 = 10_000
    /// From that to the end, however much it beats.
    public var closingInAll: Int64 = 60_000
    /// For a death to follow a closed heartbeat pipe.
    public var ending: Int64 = 50
    /// For the kernel to end a killed process (one stuck in a driver may never end).
    public var reaping: Int64 = 1_000
    /// From the first question to the meter until the guard latches the bench as not shown to be safe.
    public var proof: Int64
    /// Between two tries from then on.
    public var again: Int64 = 1_000

    /// Defaults but for what the safe plan says.
    public init(silence: Int64, proof: Int64) {
      self.silence = silence
      self.proof = proof
    }
  }

  /// Where it stands.
  public enum Phase: Sendable, Hashable {
    case starting(since: Int64)
    case guarding(lastBeat: Int64)
    case heartClosed(since: Int64)
    case closing(since: Int64, lastBeat: Int64)
    case killing(Distress, since: Int64)
    case confirming(ControllerExit)
    case replaying(Distress, firstQuestion: Int64?, round: Int)
    case asking(Distress, firstQuestion: Int64, round: Int, complete: Bool)
    case latching(Distress, gone: Bool)
    /// Latched, and the current is not shown to be gone.
    case persisting(Distress, since: Int64)
    case replayingAgain(Distress)
    case askingAgain(Distress)
    case watching
    case done(Int32)
  }

  /// Where it stands.
  public internal(set) var phase: Phase
  /// The times that it decides by.
  public let times: Times
  var stop: Stop?
  var wasWarned = false

  struct Stop: Sendable, Hashable {
    var signal: Int32
    var since: Int64
  }

  /// A machine whose controller is being started at `now`.
  public init(times: Times, now: Int64) {
    self.times = times
    phase = .starting(since: now)
  }

  /// When to send `tick` if nothing else happens; nil when an action's result is awaited.
  public var deadline: Int64? {
    let stopping = stop.map { $0.since + times.stop } ?? .max
    return switch phase {
    case .starting(let since): min(since + times.start, stopping)
    case .guarding(let lastBeat): min(lastBeat + times.silence, stopping)
    case .heartClosed(let since): since + times.ending
    case .closing(let since, let lastBeat):
      min(since + times.closingInAll, lastBeat + times.closing)
    case .killing(_, let since): since + times.reaping
    case .persisting(_, let since): since + times.again
    default: nil
    }
  }

  /// Takes one event at `now` and says what to do.
  public mutating func receive(_ event: Event, at now: Int64) -> Action {
    switch phase {
    case .starting, .guarding, .heartClosed: guarding(event, now)
    case .closing(let since, let lastBeat): closing(event, now, since, lastBeat)
    case .killing(let distress, let since): killing(event, now, distress, since)
    case .confirming(let exit): confirming(event, now, exit)
    case .replaying(let distress, let question, let round):
      replaying(event, now, distress, question, round)
    case .asking(let distress, let question, let round, let complete):
      asking(event, now, distress, question, round, complete)
    case .latching(let distress, let gone): latching(event, now, distress, gone)
    case .persisting(let distress, _): persisting(event, now, distress)
    case .replayingAgain(let distress): replayingAgain(event, distress)
    case .askingAgain(let distress): askingAgain(event, now, distress)
    case .watching: event == .watched ? leave(3) : .wait
    case .done(let status): .exit(status)
    }
  }
}
