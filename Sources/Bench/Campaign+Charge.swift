import DigitalTwin
import Prescription
import Protocols
import Quantities
import Records

extension Campaign {
  /// One period of a charge. True when the target is reached or missed.
  func charge(_ work: ChargeWork, _ sample: Sample, _ output: inout ControlOutput) -> Bool {
    guard output.estimate != nil else {
      fallBack("no estimate", sample, &output)
      return false
    }
    do {
      var progress = try charge ?? ready(work, sample, &output)
      defer { charge = progress }
      if try !isPlanned(work, &progress, sample, &output) { return output.outcome != nil }
      guard case .charging = progress.stage else {
        return missed("no cccv is predicted to keep the limits", progress, work, sample, &output)
      }
      progress.note(sample, output.estimate, confidence: work.limits.confidence)
      let isOver = try follow(progress.policy, work, sample, &output)
      if isOver { end(progress, nil, sample, &output) }
      guard !isOver, (sample.time - progress.start) >= work.timeLimit else { return isOver }
      return missed("time limit of \(work.timeLimit)", progress, work, sample, &output)
    } catch {
      twinFailures += 1
      event(.warning, "twin.failed", "\(error)", sample, &output)
      fallBack("\(error)", sample, &output)
      return false
    }
  }

  /// Goes through the charge first, a slice in each control period: a ride as it will be measured, a cccv blind,
  /// since it is fixed before it begins.
  private func ready(
    _ work: ChargeWork, _ sample: Sample, _ output: inout ControlOutput
  ) throws -> ChargeProgress {
    noteArm(sample, &output)
    var isFixed = false
    if case .cccv = work.policy { isFixed = true }
    let search = isFixed ? nil : chamberSearch(work, sample)
    let rehearsal = try twin.rehearsal(
      isFixed ? .ride : work.policy, work.limits, step: Self.rehearsalStep,
      sight: isFixed ? .blind : .measured,
      course: search.flatMap { search in search.next.map { search.course(to: $0) } })
    stepText = "going through the charge"
    var progress = ChargeProgress(
      stage: .rehearsing(rehearsal), policy: work.policy, asked: sample.time, start: sample.time,
      happened: ChargeRecord(.happened, time: sample.time, phase: phase, policy: work.policy.name))
    progress.chamber = search
    return progress
  }

  /// Of a rehearsal, s.
  static let rehearsalStep = 120.0

  /// Works on the plan. True when the charge may begin, or when there is none.
  private func isPlanned(
    _ work: ChargeWork, _ progress: inout ChargeProgress, _ sample: Sample,
    _ output: inout ControlOutput
  ) throws -> Bool {
    output.requested = .zero
    output.binding = .step
    output.reason = "rest while the charge is gone through"
    switch progress.stage {
    case .charging: return true
    case .rehearsing(var rehearsal):
      var done: ChargePrescription?
      do {
        let goesOn = try rehearsal.work()
        progress.stage = .rehearsing(rehearsal)
        guard !goesOn else { return false }
        done = rehearsal.prescription
      } catch {
        event(.warning, "charge.not_rehearsed", "\(error)", sample, &output)
      }
      if try rehearsesAnother(work, &progress, done, sample, &output) { return false }
      // Without a best one the chamber stays, and what was gone through last was for another set-point.
      if let search = progress.chamber { done = search.best?.prescription }
      // What cannot be gone through can still be charged, period by period; a cccv wants its bands.
      if case .cccv(nil, _) = work.policy {
        guard let bands = done?.bands else { return true }
        progress.stage = .tuning(try twin.tuning(work.limits, bands: bands), bands)
        return false
      }
      promise(work, &progress, done, done?.bands, sample, &output)
      return true
    case .tuning(var search, let bands):
      let goesOn = search.work()
      progress.stage = .tuning(search, bands)
      guard !goesOn else { return false }
      guard let best = search.best else { return true }
      progress.policy = .cccv(current: Amperes(best.current), voltage: Volts(best.voltage))
      promise(work, &progress, nil, bands, sample, &output)
      return true
    }
  }

  /// Asks the policy. True when the target is reached.
  private func follow(
    _ policy: ChargePolicy, _ work: ChargeWork, _ sample: Sample, _ output: inout ControlOutput
  ) throws -> Bool {
    if case .cccv(_, let voltage?) = policy {
      let isOver = followSteps(sample, &output)
      let isHeld = hold != nil
      output.binding = isHeld ? .voltage : .current
      if isHeld { output.reason = "held at \(voltage)" }
      return isOver
    }
    let decision = try twin.decide(policy, work.limits, for: period.value)
    output.requested = decision.current
    output.binding = Decision.Binding(decision.binding)
    output.reason = decision.words
    output.timeLeft = twin.timeLeft(work.limits)
    guard decision.binding == .target else { return false }
    event(.info, "step.ended", "\(stepsBegun): target reached", sample, &output)
    return true
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

  private func missed(
    _ why: String, _ progress: ChargeProgress, _ work: ChargeWork, _ sample: Sample,
    _ output: inout ControlOutput
  ) -> Bool {
    output.requested = .zero
    end(progress, why, sample, &output)
    if work.missEndsRun {
      output.outcome = Outcome(status: 1, message: "charge target missed: \(why)")
    }
    return true
  }
}

extension Decision.Binding {
  /// The journal's word for what bound a charge.
  init(_ binding: ChargeDecision.Binding) {
    self = Decision.Binding(rawValue: binding.rawValue) ?? .none
  }
}

extension ChargeDecision {
  /// What is expected of it, and what else was looked at.
  fileprivate var words: String {
    guard let forecast else { return "" }
    func number(_ value: Double, _ scale: Double) -> String {
      "\((value * scale).rounded() / scale)"
    }
    let expected =
      "\(number(forecast.voltage, 1000)) V, \(number(forecast.temperature, 10)) degC, "
      + "\(number(1000 * forecast.negativePotential, 10)) +- "
      + "\(number(1000 * forecast.negativePotentialSD, 10)) mV expected"
    return alternatives.reduce(expected) {
      "\($0); \($1.name) \(number($1.current, 1000)) A costs \(number($1.extraCost, 1000)) s more"
    }
  }
}
