import Bench
import CRealtime
import Foundation
import Journal
import Quantities
import Records

extension RunPast {
  /// A campaign that is where the run left it, and what is known of how it came there.
  struct Replayed {
    let resumption: Resumption
    /// What the disk's last word lacks of the last scan.
    let missing: [Record]
    /// How it went, one line.
    let words: String
  }

  /// Feeds a fresh campaign what the run's saw. Beats nobody's heart: let another thread do that.
  func replay(into replay: CampaignReplay) throws -> Replayed {
    let begin = lockstep_monotonic_nanoseconds()
    let reader = try JournalReader(folder)
    defer { reader.close() }
    let missing = try reader.read { view in
      var stops = sittings.dropFirst().map(\.firstScan)[...]
      try view.assimilated { sample, decision in
        while let stop = stops.first, sample.scan >= stop {
          stops.removeFirst()
          replay.interrupt()
        }
        try replay.take(sample, recorded: decision)
      }
      return try Self.missing(replay, view)
    }
    // The stop that ends now.
    replay.interrupt()
    if let line = replay.disagreement {
      throw CommandFailure(
        status: 2,
        message:
          "run \(name) cannot go on: \(line); this is lockstep \(Lockstep.version), it was run by "
          + "\(sittings.last?.version ?? header.version)")
    }
    let seconds = Double(lockstep_monotonic_nanoseconds() - begin) / 1e9
    return Replayed(
      resumption: Resumption(
        scan: (tail.lastScan ?? -1) + 1, time: present, paceOrigin: tail.paceOrigin,
        after: replay),
      missing: missing, words: Self.words(replay, seconds))
  }

  /// When the run goes on: paced by the monotonic clock its time goes on with the unix clock; a rig's clock is
  /// asked later.
  private var present: Seconds {
    let scan = Seconds(header.scanPeriod)
    guard pace == .real else { return tail.lastTime }
    let elapsed = Seconds(Date().timeIntervalSince1970 - header.unixStart)
    return max(elapsed, tail.lastTime + scan)
  }

  /// A group that was cut off within a scan holds some of its events and no estimate.
  private static func missing(_ replay: CampaignReplay, _ view: JournalView) throws -> [Record] {
    guard let last = replay.last else { return [] }
    let told = try view.told(at: last.time)
    let events = replay.events.filter { event in
      !told.events.contains { $0.id == event.id && $0.message == event.message }
    }
    let charges = replay.charges.filter { !told.charges.contains($0.stage) }
    let estimate = told.hasEstimate ? nil : replay.estimate
    return events.map { .event($0) } + charges.map { .charge($0) }
      + (estimate.map { [.estimate($0)] } ?? [])
  }

  private static func words(_ replay: CampaignReplay, _ seconds: Double) -> String {
    guard replay.count > 0 else { return "nothing to replay; on \(replay.place)" }
    let each = 1000 * seconds / Double(replay.count)
    let agreement =
      replay.largestDifference == .zero
      ? "every decision as on record"
      : "steps as on record, currents within \(replay.largestDifference.value) A"
    return String(
      format: "%d samples replayed in %.1f s (%.2f ms each), ", replay.count, seconds, each)
      + "\(agreement); on in \(replay.place)"
  }
}
