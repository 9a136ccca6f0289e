/// Who to kill when, and what next: event in, action out. Holds no descriptor and reads no clock.
///
/// Whatever happens, it ends in `exit`, and but for an orderly, confirmed end only after the safe plan
/// was replayed, the meter asked and the latch set, in this order. Times are milliseconds on any
/// monotonic clock.
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
    /// From the first question to the meter until the guard gives up.
    public var proof: Int64

    /// Defaults but for what the safe plan says.
    public init(silence: Int64, proof: Int64) {
      self.silence = silence
      self.proof = proof
    }
  }

  /// Where it stands.
  public enum Phase: Sendable, Hashable {
    case starting(since: Int64)
    case watching(lastBeat: Int64)
    case heartClosed(since: Int64)
    case closing(since: Int64, lastBeat: Int64)
    case killing(Distress, since: Int64)
    case confirming(ControllerExit)
    case replaying(Distress, firstQuestion: Int64?, round: Int)
    case asking(Distress, firstQuestion: Int64, round: Int, complete: Bool)
    case latching
    case done(Int32)
  }

  /// Where it stands.
  public private(set) var phase: Phase
  /// The times that it decides by.
  public let times: Times
  private var stop: Stop?

  private struct Stop: Sendable, Hashable {
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
    case .watching(let lastBeat): min(lastBeat + times.silence, stopping)
    case .heartClosed(let since): since + times.ending
    case .closing(let since, let lastBeat):
      min(since + times.closingInAll, lastBeat + times.closing)
    case .killing(_, let since): since + times.reaping
    case .confirming, .replaying, .asking, .latching, .done: nil
    }
  }

  /// Takes one event at `now` and says what to do.
  public mutating func receive(_ event: Event, at now: Int64) -> Action {
    switch phase {
    case .starting, .watching, .heartClosed: guarding(event, now)
    case .closing(let since, let lastBeat): closing(event, now, since, lastBeat)
    case .killing(let distress, let since): killing(event, now, distress, since)
    case .confirming(let exit): confirming(event, now, exit)
    case .replaying(let distress, let question, let round):
      replaying(event, now, distress, question, round)
    case .asking(let distress, let question, let round, let complete):
      asking(event, now, distress, question, round, complete)
    case .latching: event == .latched ? leave(3) : .wait
    case .done(let status): .exit(status)
    }
  }
}

extension GuardMachine {
  private mutating func guarding(_ event: Event, _ now: Int64) -> Action {
    switch event {
    case .beat:
      phase = .watching(lastBeat: now)
      return .wait
    case .madeSafe:
      phase = .closing(since: now, lastBeat: now)
      return .wait
    case .heartEnded:
      phase = .heartClosed(since: now)
      return .wait
    case .ended(let exit): return replay(.died(exit))
    case .notStarted(let code): return replay(.notStarted(code))
    case .signal(let signal):
      // The clock of the first signal counts: impatience must not buy a hung controller time.
      if stop == nil { stop = Stop(signal: signal, since: now) }
      return .forward(signal)
    case .tick: return overdue(now)
    case .replayed, .asked, .latched: return .wait
    }
  }

  private mutating func overdue(_ now: Int64) -> Action {
    if let deadline, now < deadline { return .wait }
    if let stop, now >= stop.since + times.stop {
      return kill(.overstayed(signal: stop.signal, now - stop.since), now)
    }
    return switch phase {
    case .starting(let since): kill(.neverBeat(now - since), now)
    case .watching(let lastBeat): kill(.silent(now - lastBeat), now)
    default: kill(.heartClosed, now)
    }
  }

  private mutating func closing(
    _ event: Event, _ now: Int64, _ since: Int64, _ lastBeat: Int64
  ) -> Action {
    switch event {
    case .beat, .madeSafe:
      phase = .closing(since: since, lastBeat: now)
      return .wait
    case .ended(.status(let status)):
      phase = .confirming(.status(status))
      return .askMeter
    case .ended(let exit): return replay(.died(exit))
    case .tick:
      guard let deadline, now >= deadline else { return .wait }
      return kill(.closingTooLong(now - since), now)
    case .signal, .heartEnded, .notStarted, .replayed, .asked, .latched: return .wait
    }
  }

  private mutating func killing(
    _ event: Event, _ now: Int64, _ distress: Distress, _ since: Int64
  ) -> Action {
    switch event {
    case .ended: return replay(distress)
    case .tick: return now >= since + times.reaping ? replay(distress) : .wait
    default: return .wait
    }
  }

  private mutating func confirming(
    _ event: Event, _ now: Int64, _ exit: ControllerExit
  ) -> Action {
    guard case .asked(let gone) = event else { return .wait }
    guard gone, case .status(let status) = exit else { return replay(.notConfirmed(exit)) }
    return leave(status == 0 && stop != nil ? 130 : status)
  }

  private mutating func replaying(
    _ event: Event, _ now: Int64, _ distress: Distress, _ question: Int64?, _ round: Int
  ) -> Action {
    guard case .replayed(let complete) = event else { return .wait }
    phase = .asking(
      distress, firstQuestion: question ?? now, round: round, complete: complete)
    return .askMeter
  }

  private mutating func asking(
    _ event: Event, _ now: Int64, _ distress: Distress, _ question: Int64, _ round: Int,
    _ complete: Bool
  ) -> Action {
    guard case .asked(let gone) = event else { return .wait }
    let timeIsOver = now >= question + times.proof
    // No current, but a device that did not take its order: once more, the line may have cleared.
    if gone && (complete || round > 0 || timeIsOver) || timeIsOver {
      phase = .latching
      return .latch(distress, gone: gone)
    }
    phase = .replaying(distress, firstQuestion: question, round: round + 1)
    return .replay(distress)
  }

  private mutating func kill(_ distress: Distress, _ now: Int64) -> Action {
    phase = .killing(distress, since: now)
    return .kill(distress)
  }

  private mutating func replay(_ distress: Distress) -> Action {
    phase = .replaying(distress, firstQuestion: nil, round: 0)
    return .replay(distress)
  }

  private mutating func leave(_ status: Int32) -> Action {
    phase = .done(status)
    return .exit(status)
  }
}
