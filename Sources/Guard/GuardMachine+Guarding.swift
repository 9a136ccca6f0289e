extension GuardMachine {
  mutating func guarding(_ event: Event, _ now: Int64) -> Action {
    switch event {
    case .beat:
      phase = .guarding(lastBeat: now)
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
    default: return .wait
    }
  }

  private mutating func overdue(_ now: Int64) -> Action {
    if let deadline, now < deadline { return .wait }
    if let stop, now >= stop.since + times.stop {
      return kill(.overstayed(signal: stop.signal, now - stop.since), now)
    }
    return switch phase {
    case .starting(let since): kill(.neverBeat(now - since), now)
    case .guarding(let lastBeat): kill(.silent(now - lastBeat), now)
    default: kill(.heartClosed, now)
    }
  }

  mutating func closing(
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
    default: return .wait
    }
  }

  mutating func killing(
    _ event: Event, _ now: Int64, _ distress: Distress, _ since: Int64
  ) -> Action {
    switch event {
    case .ended: return replay(distress)
    case .tick: return now >= since + times.reaping ? replay(distress) : .wait
    default: return .wait
    }
  }

  private mutating func kill(_ distress: Distress, _ now: Int64) -> Action {
    phase = .killing(distress, since: now)
    return .kill(distress)
  }

  mutating func replay(_ distress: Distress) -> Action {
    phase = .replaying(distress, firstQuestion: nil, round: 0)
    return .replay(distress)
  }

  mutating func leave(_ status: Int32) -> Action {
    phase = .done(status)
    return .exit(status)
  }
}
