import Bench
import Journal
import Profiles
import Quantities
import Records

extension RunJournal {
  /// A new sitting of a run that was stopped: what a torn last group lacks, then the stop's name and length.
  func goOn(_ plan: RunPlan, _ past: RunPast, _ replayed: RunPast.Replayed) {
    for record in replayed.missing { _ = take(record) }
    let resumption = replayed.resumption
    let unixTime = past.header.unixStart + resumption.time.value
    _ = take(
      .sitting(
        Sitting(
          firstScan: resumption.scan, time: resumption.time, unixTime: unixTime,
          version: Lockstep.version)))
    func event(_ severity: Event.Severity, _ id: String, _ message: String) {
      _ = take(
        .event(
          Event(
            time: resumption.time, unixTime: unixTime, severity: severity, id: id,
            message: message)))
    }
    let gap =
      past.pace == .real
      ? "\((resumption.time - past.tail.lastTime).value.rounded()) s after \(past.tail.lastTime.value) s"
      : "after \(past.tail.lastTime.value) s"
    event(
      .info, "run.resumed", "sitting \(past.sittings.count + 1), \(gap): \(replayed.words)")
    if let version = past.sittings.last?.version, version != Lockstep.version {
      event(
        .warning, "run.other_version",
        "lockstep \(Lockstep.version) goes on with a run of \(version); their decisions agree")
    }
    if var standing = plan.standing(unixTime: unixTime) {
      standing.time = resumption.time
      _ = take(.event(standing))
    }
  }
}
