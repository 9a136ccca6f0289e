import DigitalTwin
import Prescription
import Quantities
import Records

extension Campaign {
  /// One period of the closed-loop charge. True when the target is reached.
  func ride(_ limits: RideLimits, _ sample: Sample, _ output: inout ControlOutput) -> Bool {
    guard output.estimate != nil else {
      fallBack("no estimate", sample, &output)
      return false
    }
    do {
      let decision = try twin.ride(limits, for: period.value)
      output.requested = decision.current
      output.binding = Decision.Binding(decision.binding)
      output.timeLeft = twin.timeLeft(limits)
      guard decision.binding == .target else { return false }
      event(.info, "step.ended", "\(stepsBegun): target reached", sample, &output)
      return true
    } catch {
      twinFailures += 1
      event(.warning, "twin.failed", "\(error)", sample, &output)
      fallBack("\(error)", sample, &output)
      return false
    }
  }

  /// The declared fallback: no current, never the last value for ever (S8).
  private func fallBack(_ why: String, _ sample: Sample, _ output: inout ControlOutput) {
    output.requested = .zero
    output.binding = .fallback
    output.reason = "fallback 0 A: \(why)"
    guard twinFailures >= Self.patience else { return }
    output.outcome = Outcome(
      status: 4, message: "the twin gave no decision for \(twinFailures) periods: \(why)")
  }
}

extension Decision.Binding {
  /// The journal's word for what bound a ride.
  init(_ binding: RideDecision.Binding) {
    self = Decision.Binding(rawValue: binding.rawValue) ?? .none
  }
}
