import CRealtime
import Quantities

// Time in a run that goes on after a stop counts the stop.
extension ScanLoop {
  /// Takes up where the run left off; nothing is known of the hardware.
  func goOn(from resumption: Resumption) {
    scan = resumption.scan
    now = resumption.time
    output = resumption.output
    judgingPhase = output.phase
    (heldSince, lastArmed, lastFree) = (now, now, now)
    (outputTime, phaseSince) = (now, now)
    monotonicStart = lockstep_monotonic_nanoseconds() - Int64(now.value * 1e9)
  }

  /// The first scan is due in a period. A run that begins has its time 0 here; one that goes on has had it.
  func startClock() {
    let now = lockstep_monotonic_nanoseconds()
    if resumption == nil { monotonicStart = now }
    nextDue = now + Int64(configuration.scan.value * 1e9)
  }

  /// What the rig's clock read at time 0 of the run, by what it reads in the first scan, s. Its own time goes on
  /// where it is the clock of before; that of another rig begins one scan after what is on record.
  func origin(of reading: Double) -> Double {
    if let known = resumption?.paceOrigin, reading - known > now.value { return known }
    return reading - now.value - configuration.scan.value
  }
}
