import Quantities
import Records

extension ScanLoop {
  /// After a trip: latch, the minute before on record, then voltage and temperatures watched for as long
  /// as the bench says (S9). Nothing is switched on, and the contactor stays open (S13).
  func watchAfterTrip(_ outcome: Outcome) {
    supervision.tripped(outcome)
    recent.forEach(supervision.tripRecord)
    guard configuration.tripWatch > .zero else { return }
    let end = now + configuration.tripWatch
    event(.info, "watch.started", "voltage and temperatures for \(configuration.tripWatch)")
    while now < end {
      guard supervision.stopSignal() == nil, !supervision.guardIsGone(), advancePace() == nil
      else {
        event(.warning, "watch.broken_off", "\(end - now) before its end")
        return
      }
      timing.begin(now: 0)
      // The sample that tripped has this number.
      scan += 1
      acquire()
      let sample = takeSample()
      record(.sample(sample, step: output.step, phase: output.phase))
      supervision.tripRecord(sample)
      heart.beat()
      showWatch(sample, left: end - now)
    }
    event(.info, "watch.ended", "\(configuration.tripWatch) after the trip")
  }

  private func showWatch(_ sample: Sample, left: Seconds) {
    supervision.progress(
      RunStatus(
        time: now, phase: output.phase + 1, phases: output.phases, phaseName: "after the trip",
        step: "watching", sample: sample, estimate: nil, admitted: .zero, binding: .none,
        timeLeft: left, deadlineMisses: deadlineMisses))
  }
}
