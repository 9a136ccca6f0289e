import Glibc
import Testing

/// How the blow falls.
extension KillProof {
  func controller(of run: Program) throws -> Int32 {
    var controller: Int32?
    _ = Patience.until {
      controller = run.child
      return controller != nil || run.hasEnded
    }
    return try #require(controller, "\(run.error)")
  }

  /// What the rig must know to strike by itself.
  var trap: [String] {
    guard place != nil || unplugs != nil else { return [] }
    return (place.map { ["--signal-at", $0] } ?? []) + (unplugs.map { ["--unplug", $0] } ?? [])
      + (blow.map { ["--signal", "\($0.signal)", "--signal-pid-file", "FOLDER/targets"] } ?? [])
  }

  /// The time of the blow, s since 1970; never later than it was.
  func strike(_ bench: LoopBench, _ run: Program, _ controller: Int32) throws -> Double {
    let targets = blow?.targets(guardian: run.process, controller: controller) ?? []
    if blow != nil {
      _ = try bench.write(targets.map { "\($0)" }.joined(separator: "\n"), to: "targets")
    }
    if place != nil {
      let said =
        blow.map { "rig: signal \($0.signal) to " } ?? "rig: port \(unplugs ?? "") is unplugged"
      // The last time that it was asked and had not struck yet.
      var last = Patience.unixTime
      func hasStruck() -> Bool {
        let now = Patience.unixTime
        if bench.rig.error.contains(said) { return true }
        last = now
        return false
      }
      let isOver = Patience.until { hasStruck() || run.hasEnded }
      if isOver, Patience.until(1_000, { hasStruck() }) { return last }
      throw NotStruck(description: "not struck: \(run.error)")
    }
    let isReached = Patience.until { phase.isReached(bench.latestTruth) || run.hasEnded }
    guard isReached, !run.hasEnded
    else { throw NotStruck(description: "\(phase) is not reached: \(run.error)") }
    if delay > 0 { usleep(UInt32(delay * 1e6)) }
    let now = Patience.unixTime
    if unplugs != nil {
      bench.rig.send(SIGUSR1)
    } else {
      for target in targets { kill(target, blow?.signal ?? 0) }
    }
    return now
  }
}
