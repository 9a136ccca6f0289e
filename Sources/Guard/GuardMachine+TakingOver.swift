extension GuardMachine {
  mutating func confirming(
    _ event: Event, _ now: Int64, _ exit: ControllerExit
  ) -> Action {
    guard case .asked(let gone) = event else { return .wait }
    guard gone, case .status(let status) = exit else { return replay(.notConfirmed(exit)) }
    // A controller that tripped has latched the bench and watched the cell itself.
    return leave(status == 0 && stop != nil ? 130 : status)
  }

  mutating func replaying(
    _ event: Event, _ now: Int64, _ distress: Distress, _ question: Int64?, _ round: Int
  ) -> Action {
    guard case .replayed(let complete) = event else { return .wait }
    phase = .asking(
      distress, firstQuestion: question ?? now, round: round, complete: complete)
    return .askMeter
  }

  mutating func asking(
    _ event: Event, _ now: Int64, _ distress: Distress, _ question: Int64, _ round: Int,
    _ complete: Bool
  ) -> Action {
    guard case .asked(let gone) = event else { return .wait }
    let timeIsOver = now >= question + times.proof
    // No current, but a device that did not take its order: once more, the line may have cleared.
    if timeIsOver || gone && (complete || round > 0) {
      return latch(distress, gone: gone)
    }
    phase = .replaying(distress, firstQuestion: question, round: round + 1)
    return .replay(distress)
  }

  mutating func latching(
    _ event: Event, _ now: Int64, _ distress: Distress, _ gone: Bool
  ) -> Action {
    guard event == .latched else { return .wait }
    guard gone else { return rest(distress, now) }
    phase = .watching
    return .watch
  }

  mutating func persisting(_ event: Event, _ now: Int64, _ distress: Distress) -> Action {
    switch event {
    case .signal where wasWarned: return leave(3)
    case .signal:
      wasWarned = true
      return .warn
    case .tick where deadline.map { now >= $0 } == true:
      phase = .replayingAgain(distress)
      return .replay(distress)
    default: return .wait
    }
  }

  mutating func replayingAgain(_ event: Event, _ distress: Distress) -> Action {
    guard case .replayed = event else { return .wait }
    phase = .askingAgain(distress)
    return .askMeter
  }

  mutating func askingAgain(_ event: Event, _ now: Int64, _ distress: Distress) -> Action {
    guard case .asked(let gone) = event else { return .wait }
    return gone ? latch(distress, gone: true) : rest(distress, now)
  }

  private mutating func latch(_ distress: Distress, gone: Bool) -> Action {
    phase = .latching(distress, gone: gone)
    return .latch(distress, gone: gone)
  }

  private mutating func rest(_ distress: Distress, _ now: Int64) -> Action {
    phase = .persisting(distress, since: now)
    return .wait
  }
}
