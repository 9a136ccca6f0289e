import DigitalTwin
import Prescription
import Quantities
import Records

extension Campaign {
  /// What a charge that may choose the chamber's set-point begins with; nil: it may not, or the air is not known.
  func chamberSearch(_ work: ChargeWork, _ sample: Sample) -> ChamberSearch? {
    guard let choice = work.chamber, let air = sample.ambient.valid else { return nil }
    return ChamberSearch(choice, work.policy, start: air)
  }

  /// After a rehearsal: true when another set-point is gone through first.
  ///
  /// Where one was chosen the chamber is told, and the charge begins: it warms up under the charge.
  func rehearsesAnother(
    _ work: ChargeWork, _ progress: inout ChargeProgress, _ done: ChargePrescription?,
    _ sample: Sample, _ output: inout ControlOutput
  ) throws -> Bool {
    guard var search = progress.chamber else { return false }
    search.note(done)
    progress.chamber = search
    if let next = search.next {
      progress.stage = .rehearsing(
        try twin.rehearsal(
          work.policy, work.limits, step: Self.rehearsalStep, sight: .measured,
          course: search.course(to: next)))
      return true
    }
    event(.info, "charge.chamber", search.words, sample, &output)
    guard let best = search.best else { return false }
    progress.chamberBefore = chamber.setPoint ?? search.start
    send(chamber: best.setPoint, &output)
    return false
  }

  /// Sends the chamber back to where it was before the charge.
  func returnChamber(_ progress: ChargeProgress, _ output: inout ControlOutput) {
    guard let before = progress.chamberBefore else { return }
    send(chamber: before, &output)
  }

  private func send(chamber target: Celsius, _ output: inout ControlOutput) {
    output.chamber = target
    chamber.setPoint = target
  }
}
