import CRealtime
import Glibc
import Quantities

/// Looks at a tripped bench once a second, for as long as the plan says or until somebody wishes it to
/// end. Sends nothing but the plan's reads (SAF-013).
package enum AfterTripWatch {
  private static let interval = Nanoseconds.milliseconds(1_000)

  package static func keep(
    _ sequence: inout SafeSequence, runFolder: String, signals: SignalSource
  ) {
    let plan = sequence.plan
    guard !plan.watch.isEmpty, plan.watchSeconds > 0 else { return }
    let start = Nanoseconds.now
    let end = start + Int64(plan.watchSeconds) * interval
    do {
      var file = try AfterTripLog(runFolder: runFolder, now: start)
      sequence.log.say(
        "watching \(plan.watch.map(\.name).joined(separator: ", ")) for \(plan.watchSeconds) s "
          + "(\(runFolder)/after-trip.log); interrupt to end it")
      var next = start
      while next < end {
        let failure = file.append(
          sequence.look(), unixTime: Double(lockstep_unix_nanoseconds()) / 1e9,
          now: Nanoseconds.now)
        if let failure {
          sequence.log.sayOnce("writing after-trip.log fails with errno \(failure)")
        }
        next += interval
        if let signal = signals.next(until: min(next, end)) {
          sequence.log.say("signal \(signal): the watch ends")
          return
        }
        // Slow devices: a look that was missed is not made up for.
        next = max(next, Nanoseconds.now)
      }
      sequence.log.say("the watch is over")
    } catch {
      sequence.log.say("\(error): no watch")
    }
  }
}
