private import CRealtime
internal import Synchronization

/// Lets pace time pass at wall speed: always in a real-time rig; in a stepped one while nobody ticks,
/// so that dead-man relays and physics go on after the controller's death.
struct WallPace: Sendable {
  /// How often pace time is brought up to date while it runs, ns.
  static let interval: Int64 = 10_000_000

  let pace: Pace
  let shared: SharedBench
  let stop: StopSignal

  /// Blocks until the rig stops.
  func run() {
    var clock = StandingClock(pace, now: lockstep_monotonic_nanoseconds())
    var wait: Int64 = 0
    repeat {
      let wasRunning = clock.isRunning
      wait = shared.bench.withLock { bench in
        // The time is read under the lock: a long tick must not count as idleness.
        let now = lockstep_monotonic_nanoseconds()
        let action = clock.action(
          now: now, lastTick: bench.lastTick, contactorClosed: bench.physics.isContactorClosed)
        bench.physics.runsByItself = clock.isRunning
        if wasRunning != clock.isRunning { Self.say(clock, bench) }
        switch action {
        case .wait(let time): return time
        case .run(let time):
          bench.physics.run(for: time / 1000)
          bench.physics.writeTruth(immediately: true)
          return Self.interval
        }
      }
    } while stop.sleep(nanoseconds: wait)
  }

  private static func say(_ clock: StandingClock, _ bench: borrowing VirtualBench) {
    let what = clock.isRunning ? "not ticked for 200 ms, runs at wall speed" : "ticked again"
    RigError.say("clock at \(Double(bench.physics.now) / 1e6) s: \(what)")
  }
}
