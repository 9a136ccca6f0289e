import Protocols
import Quantities
import Records

// A run that was stopped goes on. What lives in a phase and would not bear a stop is put right here.
extension Campaign {
  /// The run was stopped after the last sample and goes on with the next one, however much later: in between no
  /// current flowed. Twice in a row is as once.
  ///
  /// The twin needs nothing: the next sample carries no current, and it predicts the stop with that.
  package func interrupt() {
    machine?.interrupt()
    charge?.interrupt()
    hold = nil
    twinFailures = 0
    // A step that itself sends the chamber somewhere waits for it by itself.
    if let machine, let index = machine.runningIndex, case .chamber = machine.steps[index].mode {
      return
    }
    chamber.interrupt()
  }

  /// Brings the chamber back to what it was told before the run was stopped. True while the step waits for it,
  /// its clock standing still.
  func restoresChamber(_ sample: Sample, _ output: inout ControlOutput) -> Bool {
    switch chamber.next(sample) {
    case .none: return false
    case .told(let target):
      output.chamber = target
      return false
    case .missed(let target, let now):
      output.chamber = target
      event(
        .warning, "chamber.not_restored",
        "\(Self.words(now)) \(ChamberMemory.patience) after the stop, told \(target): going on",
        sample, &output)
      return false
    case .awaited(let target, let now):
      guard phase < phases.count else { return false }
      output.chamber = target
      output.binding = .step
      output.reason = "chamber back to \(target) first, \(Self.words(now)) now"
      label(&output)
      return true
    }
  }

  private static func words(_ ambient: Celsius?) -> String { ambient.map { "\($0)" } ?? "unknown" }
}
