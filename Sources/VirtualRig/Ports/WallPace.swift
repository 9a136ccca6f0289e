private import CRealtime
internal import Synchronization

/// Lets pace time pass at wall speed: always in a real-time rig; in a stepped one while nobody ticks,
/// so that dead-man relays and physics go on after the controller's death.
///
/// A stepped clock stands until its first tick, or until a contactor closes, so that what a controller
/// does before its first scan takes no time however long it takes.
struct WallPace: Sendable {
  /// A stepped clock that nobody ticked for this long runs on, ns of wall time.
  static let patience: Int64 = 200_000_000
  /// How often it is brought up to date while it runs, ns.
  static let interval: Int64 = 10_000_000

  let pace: Pace
  let shared: SharedBench
  let stop: StopSignal

  /// Blocks until the rig stops.
  func run() {
    var ticks = 0
    var isArmed = pace == .real
    var isRunning = pace == .real
    // Wall time up to which pace time has been brought.
    var reached = lockstep_monotonic_nanoseconds()
    while true {
      let now = lockstep_monotonic_nanoseconds()
      let wait = shared.bench.withLock { bench -> Int64 in
        if bench.physics.ticks != ticks {
          if isRunning, pace == .stepped { Self.say("ticked again", bench) }
          ticks = bench.physics.ticks
          (isArmed, isRunning) = (true, pace == .real)
          if !isRunning { reached = lockstep_monotonic_nanoseconds() + Self.patience }
        } else if !isArmed, bench.physics.isContactorClosed {
          isArmed = true
          reached = now + Self.patience
        }
        guard isArmed else { return Self.patience / 4 }
        guard now > reached else { return reached - now }
        if !isRunning { Self.say("not ticked for 200 ms, runs at wall speed", bench) }
        isRunning = true
        let microseconds = (now - reached) / 1000
        bench.physics.run(for: microseconds)
        bench.physics.writeTruth(immediately: true)
        reached += microseconds * 1000
        return Self.interval
      }
      guard stop.sleep(nanoseconds: wait) else { return }
    }
  }

  private static func say(_ what: String, _ bench: borrowing VirtualBench) {
    RigError.say("clock at \(Double(bench.physics.now) / 1e6) s: \(what)")
  }
}
