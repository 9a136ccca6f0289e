import Quantities
import Records
import Safety

extension ScanLoop {
  /// What the run is at.
  enum Stage {
    /// Shows that contactor, shunt and leads are what they should be.
    case starting(StartCheck)
    /// Follows the campaign.
    case running
    /// Everything off, contactor open; then shows that it is (S14).
    case closing(StartCheck?, Outcome, since: Seconds)
  }

  /// Pace time that an orderly end may take to open the contactor.
  private var closingPatience: Seconds { Seconds(max(20, 20 * configuration.scan.value)) }

  /// What is wanted of the hardware in this scan, and the end of the run when it has come.
  func steer(_ sample: Sample) -> Outcome? {
    switch stage {
    case .starting(let check): return start(check, sample)
    case .running:
      guard let outcome = decide(sample) else { return actuate(sample) }
      guard outcome.status != 3 else { return outcome }
      stage = .closing(nil, outcome, since: now)
      return move(.off(contactor: false), sample)
    case .closing(let check, let outcome, let since):
      return close(check, outcome, since, sample)
    }
  }

  private func start(_ check: StartCheck, _ sample: Sample) -> Outcome? {
    var check = check
    let step = check.next(sample, zero: envelope.rules.zeroCurrent)
    stage = .starting(check)
    switch step {
    case .failed(let trip): return tripped(trip)
    case .request(let request): return admitted(request, sample)
    case .done:
      event(.info, "start.checked", "contactor breaks, shunt and leads agree")
      if !check.isLoadShown {
        event(
          .warning, "start.load_not_shown",
          "the cell is too empty for the load to draw the test pulse: should the load's lead be open, a "
            + "welded contactor was not seen")
      }
      stage = .running
      return steer(sample)
    }
  }

  private func close(
    _ check: StartCheck?, _ outcome: Outcome, _ since: Seconds, _ sample: Sample
  ) -> Outcome? {
    guard var check else {
      let isOpen =
        drive.state == .idle && !drive.holdsContactor
        && (sample.contactorIsRead ? sample.contactorClosed.valid == false : true)
      if isOpen {
        stage = .closing(
          StartCheck(rules: configuration.startCheck, endsAfterWeld: true), outcome, since: since)
      }
      guard now - since <= closingPatience else { return notOpening(outcome, sample) }
      return move(.off(contactor: false), sample)
    }
    let step = check.next(sample, zero: envelope.rules.zeroCurrent)
    stage = .closing(check, outcome, since: since)
    switch step {
    case .failed(let trip): return tripped(trip)
    case .request(let request): return admitted(request, sample)
    case .done:
      event(.info, "end.checked", "contactor breaks")
      return outcome
    }
  }

  /// A contactor that was told to open and reads closed is welded; what else does not come to rest is made
  /// safe, and said so.
  private func notOpening(_ outcome: Outcome, _ sample: Sample) -> Outcome {
    guard sample.contactorIsRead, sample.contactorClosed.value, !drive.holdsContactor else {
      return outcome
    }
    return tripped(
      Trip(
        what: "contactor does not open", value: 1, limit: 0, unit: "", origin: .bench, time: now,
        requirement: "SAF-014"))
  }

  /// A test current is admitted as every other. With the contactor open it is asked for as it is: where
  /// it can flow the contactor is welded, and the test ends in the same scan that shows it.
  private func admitted(_ request: DriveRequest, _ sample: Sample) -> Outcome? {
    var request = request
    if request.contactor {
      let admission = monitor.admit(
        request.current, present: setPoint, on: sample, within: envelope)
      if let clamp = admission.clamp, admission.current == .zero {
        return Outcome(
          status: 1,
          message: "no test current: \(clamp.what): \(clamp.value) \(clamp.unit), allowed "
            + "\(clamp.limit) \(clamp.unit)")
      }
      request.current = admission.current
    }
    return move(request, sample)
  }
}
