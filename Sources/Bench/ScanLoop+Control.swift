import CRealtime
import Instruments
import Quantities
import Records
import Safety

extension ScanLoop {
  /// Wall time that the twin may take in a stepped run: a design of an excitation takes some seconds, and the
  /// rig's clock stands meanwhile.
  private static let steppedTwinBudget: Int64 = 20_000_000_000

  func decide(_ sample: Sample) -> Outcome? {
    let begin = lockstep_monotonic_nanoseconds()
    let due = scan.isMultiple(of: configuration.scansPerControl)
    if due, control.isIdle { control.post(sample) }
    let fresh = awaitControl(begin: begin, due: due)
    let missed = due && fresh == nil
    timing.decided(from: begin, to: lockstep_monotonic_nanoseconds(), missed: missed)
    if let fresh {
      adopt(fresh)
      return fresh.outcome
    }
    if missed { twinMissed() }
    return nil
  }

  /// Stepped: waits for the twin, and keeps the rig's clock standing. Real: takes what is there.
  private func awaitControl(begin: Int64, due: Bool) -> ControlOutput? {
    guard due || !control.isIdle else { return nil }
    let budget =
      configuration.pace == .stepped
      ? Self.steppedTwinBudget : Int64(configuration.scan.value * 0.2e9)
    let deadline = begin + budget
    while true {
      heart.beat()
      let now = lockstep_monotonic_nanoseconds()
      if let output = control.wait(until: min(deadline, now + 40_000_000)) {
        wait(for: pacePorts, budget: 5_000_000_000)
        return output
      }
      if now >= deadline { return nil }
      holdPace()
    }
  }

  private func adopt(_ fresh: ControlOutput) {
    if fresh.phase != output.phase { phaseSince = now }
    output = fresh
    outputTime = now
    for event in fresh.events { record(.event(event)) }
    for charge in fresh.charges { record(.charge(charge)) }
    if let estimate = fresh.estimate { record(.estimate(estimate)) }
  }

  /// The declared fallback, never the last value for ever (S8).
  private func twinMissed() {
    deadlineMisses += 1
    guard output.age(now - outputTime, period: configuration.control) else { return }
    event(.warning, "twin.late", "no decision within the control period: fallback 0 A")
  }

  /// Admits the campaign's request and moves the hardware.
  func actuate(_ sample: Sample) -> Outcome? {
    let admission = cautiousAdmission(sample)
    let outcome = move(DriveRequest(current: admission.current, contactor: true), sample)
    if scan.isMultiple(of: configuration.scansPerControl) {
      report(sample, admission)
    }
    return outcome
  }

  /// What the limits of the phase admit, and those that still judge.
  private func cautiousAdmission(_ sample: Sample) -> Admission {
    let own = cautiousAdmission(sample, within: envelope(of: output.phase))
    guard judgingPhase != output.phase else { return own }
    let judged = cautiousAdmission(sample, within: envelope)
    return judged.current.magnitude < own.current.magnitude ? judged : own
  }

  /// Admits as if every thermometer read colder, and hotter, by what noise may do: a current that the next
  /// sample's noise would trip on is not admitted now.
  private func cautiousAdmission(_ sample: Sample, within envelope: Envelope) -> Admission {
    var least = monitor.admit(output.requested, present: setPoint, on: sample, within: envelope)
    for shift in [-1.0, 1] {
      var shifted = sample
      for index in 0..<sample.surfaceCount {
        let value = sample.surface[index].value
        shifted.surface[index].value = Celsius(
          value.value + shift * configuration.temperatureReserve.value)
      }
      let admission = monitor.admit(
        output.requested, present: setPoint, on: shifted, within: envelope)
      if admission.current.magnitude < least.current.magnitude { least = admission }
    }
    return least
  }

  /// Moves the hardware by one transition. While a driving port is still busy with its last order the
  /// set-point in force stays, for as long as a reading may be old.
  func move(_ request: DriveRequest, _ sample: Sample) -> Outcome? {
    let patience = configuration.pace == .stepped ? 5 : configuration.scan.value * 0.2
    guard wait(for: drivingPorts, budget: Int64(patience * 1e9)) else {
      let late = now - lastFree
      guard late > envelope.rules.ageLimit else {
        event(.warning, "port.busy", "supply or load is late by a scan: set-point kept")
        return nil
      }
      return Outcome(
        status: 3, message: "supply or load: busy for \(late), \(envelope.rules.ageLimit) allowed")
    }
    lastFree = now
    let begin = lockstep_monotonic_nanoseconds()
    defer { timing.actuated(from: begin, to: lockstep_monotonic_nanoseconds()) }
    return carryOut(drive.next(request, on: sample, zeroCurrent: envelope.rules.zeroCurrent))
  }

  private func report(_ sample: Sample, _ admission: Admission) {
    var reason = output.reason
    if let clamp = admission.clamp {
      reason = "\(clamp.what): \(clamp.value) \(clamp.unit), allowed \(clamp.limit) \(clamp.unit)"
    }
    record(
      .decision(
        Decision(
          scan: scan, time: now, phase: output.phase, step: output.step,
          requested: output.requested, admitted: admission.current, binding: output.binding,
          reason: reason)))
    supervision.progress(
      RunStatus(
        time: now, phase: output.phase + 1, phases: output.phases, phaseName: output.phaseName,
        step: output.stepText, sample: sample, estimate: output.estimate,
        admitted: admission.current, binding: output.binding, timeLeft: output.timeLeft,
        deadlineMisses: deadlineMisses))
  }
}
