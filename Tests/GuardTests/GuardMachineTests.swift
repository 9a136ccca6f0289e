import Guard
import Testing

/// Every state that any sequence of events can reach, within a few ticks of small times.
@Suite struct GuardMachineTests {
  /// What really happened on a path, kept apart from the machine.
  private struct Path: Hashable {
    var machine: GuardMachine
    var now: Int64 = 0
    var pending: GuardMachine.Action = .wait
    var childLives = true
    var saidSafe = false
    var signalledBefore = false
    var status: Int32?
    var replayed = false
    var gone: Bool?
    var goneBeforeReplay = false
    var latched = false
    /// What the latch says of the current.
    var latchedGone = false
    var signalsSinceLatch = 0
    var watched = false
  }

  private static var times: GuardMachine.Times {
    var times = GuardMachine.Times(silence: 1, proof: 1)
    times.start = 1
    times.stop = 2
    times.closing = 1
    times.closingInAll = 2
    times.ending = 1
    times.reaping = 1
    times.again = 1
    return times
  }

  /// What the world may do next: results of an action come only when it was asked for.
  private func events(_ path: Path) -> [GuardMachine.Event] {
    switch path.pending {
    case .replay: return [.replayed(complete: true), .replayed(complete: false)]
    case .askMeter: return [.asked(gone: true), .asked(gone: false)]
    case .latch: return [.latched]
    case .watch: return [.watched]
    case .exit: return []
    case .wait, .forward, .kill, .warn:
      if case .persisting = path.machine.phase { return [.tick, .signal(2)] }
      var events: [GuardMachine.Event] = [.tick, .signal(2)]
      if path.childLives {
        events += [
          .beat, .madeSafe, .heartEnded, .ended(.status(0)), .ended(.status(1)), .ended(.status(3)),
          .ended(.signal(9)),
        ]
        if path.machine == GuardMachine(times: Self.times, now: 0) { events.append(.notStarted(2)) }
      }
      return events
    }
  }

  private func step(_ path: Path, _ event: GuardMachine.Event, _ elapsed: Int64) -> Path {
    var path = path
    path.now += elapsed
    switch event {
    case .madeSafe: path.saidSafe = true
    case .signal:
      path.signalledBefore = path.signalledBefore || !path.saidSafe
      if path.latched { path.signalsSinceLatch += 1 }
    case .ended(let exit):
      path.childLives = false
      if case .status(let status) = exit { path.status = status }
    case .notStarted: path.childLives = false
    case .replayed: path.replayed = true
    case .asked(let gone):
      path.gone = gone
      if !path.replayed { path.goneBeforeReplay = gone }
    case .latched:
      path.latched = true
      if case .latch(_, let gone) = path.pending { path.latchedGone = gone }
    case .watched: path.watched = true
    case .beat, .heartEnded, .tick: break
    }
    path.pending = path.machine.receive(event, at: path.now)
    return path
  }

  private func reachable() -> [(before: Path, event: GuardMachine.Event, after: Path)] {
    let first = Path(machine: GuardMachine(times: Self.times, now: 0))
    var seen: Set<Path> = [first]
    var open = [first]
    var edges: [(Path, GuardMachine.Event, Path)] = []
    while let path = open.popLast() {
      for event in events(path) {
        // A question takes time, or rounds could go on within one instant.
        let asked = if case .asked = event { true } else { false }
        for elapsed in (asked ? Int64(1) : 0)...1 {
          let next = step(path, event, elapsed)
          edges.append((path, event, next))
          if next.now <= 6 && seen.insert(next).inserted { open.append(next) }
        }
      }
    }
    return edges
  }

  /// The law that one step breaks, or nil.
  private func broken(
    _ before: Path, _ event: GuardMachine.Event, _ after: Path
  ) -> String? {
    switch after.pending {
    case .exit(let status):
      if after.replayed || after.latched {
        let safe = after.gone == true && after.latchedGone && after.watched
        return after.replayed && after.latched && status == 3
          && (safe || after.signalsSinceLatch == 2)
          ? nil : "taken over, but not plan, meter, latch, watch and 3, nor left by a person"
      }
      let expected = after.signalledBefore && after.status == 0 ? 130 : after.status
      return after.saidSafe && after.goneBeforeReplay && !after.childLives && status == expected
        && !after.watched
        ? nil : "left without a confirmed word, or with another status, or watched twice"
    case .latch(_, let gone):
      return after.replayed && gone == after.gone ? nil : "latched before plan and meter"
    case .replay:
      // Not while a living controller could write between the frames, unless the kernel will not
      // let go of it.
      let unkillable = if case .killing = before.machine.phase { true } else { false }
      return !after.childLives || (unkillable && event == .tick) || after.latched
        ? nil : "two masters on one line"
    case .kill:
      return after.childLives && event == .tick
        && before.machine.deadline.map { $0 <= after.now } == true ? nil : "killed before its time"
    case .wait, .forward: return after.machine.deadline != nil ? nil : "waits for ever"
    case .warn: return after.signalsSinceLatch == 1 ? nil : "warns twice"
    case .watch:
      return (!after.childLives || after.replayed) && after.gone == true
        && after.latched == after.latchedGone
        ? nil : "watches before it is safe"
    case .askMeter: return !after.childLives || after.replayed ? nil : "asks beside the controller"
    }
  }

  @Test("SAF-001 over all reachable states: no way out but a confirmed word or plan, meter, latch")
  func closure() {
    let edges = reachable()
    #expect(edges.count > 10_000)
    var laws: Set<String> = []
    var statuses: Set<Int32> = []
    var takenOver = 0
    for (before, event, after) in edges {
      if let law = broken(before, event, after) { laws.insert("\(law): \(event)") }
      guard case .exit(let status) = after.pending else { continue }
      statuses.insert(status)
      if after.latched { takenOver += 1 }
    }
    #expect(laws == [])
    #expect(statuses == [0, 1, 3, 130] && takenOver > 0)
  }

  @Test("SAF-001 once a deadline has come, a tick always leads on")
  func progress() {
    var stuck: Set<GuardMachine> = []
    for (_, _, path) in reachable() {
      guard let deadline = path.machine.deadline else { continue }
      switch path.pending {
      case .wait, .forward, .kill, .warn:
        var machine = path.machine
        let action = machine.receive(.tick, at: max(deadline, path.now))
        if action == .wait || machine.phase == path.machine.phase { stuck.insert(path.machine) }
      default: break
      }
    }
    #expect(stuck == [])
  }

  @Test(
    "SAF-001 a device that did not answer is told once more when the current is gone, not for ever")
  func onceMore() {
    func machine(_ complete: Bool) -> GuardMachine {
      var machine = GuardMachine(times: GuardMachine.Times(silence: 500, proof: 1_000), now: 0)
      _ = machine.receive(.ended(.signal(9)), at: 0)
      _ = machine.receive(.replayed(complete: complete), at: 10)
      return machine
    }
    let distress = Distress.died(.signal(9))
    var all = machine(true)
    #expect(all.receive(.asked(gone: true), at: 20) == .latch(distress, gone: true))
    var some = machine(false)
    #expect(some.receive(.asked(gone: true), at: 20) == .replay(distress))
    _ = some.receive(.replayed(complete: false), at: 30)
    #expect(some.receive(.asked(gone: true), at: 40) == .latch(distress, gone: true))
    var late = machine(false)
    #expect(late.receive(.asked(gone: true), at: 1_010) == .latch(distress, gone: true))
    var early = machine(true)
    #expect(early.receive(.asked(gone: false), at: 1_009) == .replay(distress))
  }

  @Test("SAF-001 each reason to kill is the one that came first, with its time")
  func reasons() {
    let times = GuardMachine.Times(silence: 500, proof: 1_000)
    var silent = GuardMachine(times: times, now: 0)
    _ = silent.receive(.beat, at: 50)
    _ = silent.receive(.signal(2), at: 100)
    #expect(silent.receive(.tick, at: 549) == .wait)
    #expect(silent.receive(.tick, at: 551) == .kill(.silent(501)))
    var closing = GuardMachine(times: times, now: 0)
    _ = closing.receive(.beat, at: 50)
    _ = closing.receive(.madeSafe, at: 100)
    #expect(closing.receive(.tick, at: 10_099) == .wait)
    #expect(closing.receive(.tick, at: 10_102) == .kill(.closingTooLong(10_002)))
    var endless = GuardMachine(times: times, now: 0)
    _ = endless.receive(.madeSafe, at: 100)
    for time in stride(from: Int64(5_100), through: 60_000, by: 5_000) {
      _ = endless.receive(.beat, at: time)
    }
    #expect(endless.receive(.tick, at: 60_099) == .wait)
    #expect(endless.receive(.tick, at: 60_100) == .kill(.closingTooLong(60_000)))
    var never = GuardMachine(times: times, now: 7)
    #expect(never.receive(.tick, at: 10_006) == .wait)
    #expect(never.receive(.tick, at: 10_008) == .kill(.neverBeat(10_001)))
    var closed = GuardMachine(times: times, now: 0)
    _ = closed.receive(.heartEnded, at: 10)
    #expect(closed.receive(.tick, at: 59) == .wait)
    #expect(closed.receive(.tick, at: 60) == .kill(.heartClosed))
    #expect(closed.receive(.tick, at: 1_059) == .wait)
    #expect(closed.receive(.tick, at: 1_060) == .replay(.heartClosed))
  }

  @Test("SAF-001 the times that no plan sets are those of the safety case")
  func times() {
    let times = GuardMachine.Times(silence: 7, proof: 8)
    #expect(times.silence == 7 && times.proof == 8)
    #expect(times.start == 10_000 && times.stop == 10_000 && times.closing == 10_000)
    #expect(times.closingInAll == 60_000 && times.ending == 50)
    #expect(times.reaping == 1_000 && times.again == 1_000)
  }

  @Test("SAF-001 an impatient second signal does not buy time")
  func impatience() {
    var machine = GuardMachine(times: GuardMachine.Times(silence: 500, proof: 1_000), now: 0)
    _ = machine.receive(.beat, at: 0)
    #expect(machine.receive(.signal(2), at: 100) == .forward(2))
    for time in stride(from: Int64(200), through: 10_000, by: 100) {
      #expect(machine.receive(.beat, at: time) == .wait)
      _ = machine.receive(.signal(15), at: time)
    }
    #expect(
      machine.receive(.tick, at: 10_100) == .kill(.overstayed(signal: 2, 10_000)))
  }

  @Test("SAF-001 the sequence is retried until the proof's time is over, and no longer")
  func retries() {
    var machine = GuardMachine(times: GuardMachine.Times(silence: 500, proof: 1_000), now: 0)
    var action = machine.receive(.ended(.signal(9)), at: 0)
    var replays = 0
    var now: Int64 = 0
    while case .replay = action {
      replays += 1
      now += 50
      #expect(machine.receive(.replayed(complete: false), at: now) == .askMeter)
      now += 300
      action = machine.receive(.asked(gone: false), at: now)
    }
    #expect(action == .latch(.died(.signal(9)), gone: false))
    #expect(replays == 3)
  }

  @Test("SAF-001 a current that is not shown to be gone is fought until it is, or a person leaves")
  func persists() {
    var machine = GuardMachine(times: GuardMachine.Times(silence: 500, proof: 100), now: 0)
    _ = machine.receive(.ended(.signal(9)), at: 0)
    _ = machine.receive(.replayed(complete: false), at: 0)
    #expect(
      machine.receive(.asked(gone: false), at: 100) == .latch(.died(.signal(9)), gone: false))
    var now: Int64 = 100
    #expect(machine.receive(.latched, at: now) == .wait)
    for _ in 0..<1_000 {
      #expect(machine.receive(.tick, at: now + 999) == .wait)
      now += 1_000
      #expect(machine.receive(.tick, at: now) == .replay(.died(.signal(9))))
      #expect(machine.receive(.replayed(complete: true), at: now) == .askMeter)
      #expect(machine.receive(.asked(gone: false), at: now) == .wait)
    }
    var left = machine
    #expect(left.receive(.signal(2), at: now) == .warn)
    #expect(left.receive(.signal(15), at: now) == .exit(3))
    _ = machine.receive(.tick, at: now + 1_000)
    _ = machine.receive(.replayed(complete: true), at: now)
    #expect(machine.receive(.asked(gone: true), at: now) == .latch(.died(.signal(9)), gone: true))
    #expect(machine.receive(.latched, at: now) == .watch)
    #expect(machine.receive(.watched, at: now) == .exit(3))
  }

  @Test("SAF-001 a guard that has left stays left, with the same status, whatever happens")
  func left() {
    let times = GuardMachine.Times(silence: 500, proof: 1_000)
    var confirmed = GuardMachine(times: times, now: 0)
    _ = confirmed.receive(.madeSafe, at: 1)
    _ = confirmed.receive(.ended(.status(1)), at: 2)
    #expect(confirmed.receive(.asked(gone: true), at: 3) == .exit(1))
    var tookOver = GuardMachine(times: times, now: 0)
    _ = tookOver.receive(.ended(.signal(9)), at: 1)
    _ = tookOver.receive(.replayed(complete: true), at: 2)
    _ = tookOver.receive(.asked(gone: true), at: 3)
    _ = tookOver.receive(.latched, at: 4)
    #expect(tookOver.receive(.watched, at: 5) == .exit(3))
    for event in [.tick, .beat, .signal(2), .heartEnded, .watched, .asked(gone: false)]
      as [GuardMachine.Event]
    {
      #expect(confirmed.receive(event, at: 60_000) == .exit(1))
      #expect(tookOver.receive(event, at: 60_000) == .exit(3))
    }
    #expect(confirmed.deadline == nil && tookOver.deadline == nil)
  }
}
