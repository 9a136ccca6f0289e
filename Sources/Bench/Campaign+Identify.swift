import DigitalTwin
import Electrochemistry
import Estimation
import Excitation
import Foundation
import Identification
import Protocols
import Quantities
import Records
import Safety
import Simulation

extension Campaign {
  /// One period of an identification. True when its goals are met or nothing more can be done.
  func identify(_ work: IdentifyWork, _ sample: Sample, _ output: inout ControlOutput) -> Bool {
    guard output.estimate != nil else {
      output.requested = .zero
      output.binding = .fallback
      output.reason = "fallback 0 A: no estimate"
      return false
    }
    if identification == nil {
      if isFresh(work, sample, &output) { return true }
      guard let problem = problem(work, sample, left: work.budget) else { return true }
      stepText = "designing excitation 1"
      identification = IdentifyProgress(
        stage: .designing(DesignJob(problem), periods: IdentifyProgress.restPeriods))
    }
    guard var progress = identification else { return true }
    defer { identification = progress }
    switch progress.stage {
    case .designing(let job, let periods):
      output.requested = .zero
      output.binding = .step
      output.reason = "rest while an excitation is designed"
      guard periods > 0 else { return begin(job.take(), work, &progress, sample, &output) }
      progress.stage = .designing(job, periods: periods - 1)
      return false
    case .exciting:
      if let last = twin.lastAssimilation?.voltage { progress.note(last) }
      guard followSteps(sample, &output), output.outcome == nil else { return false }
      return look(work, &progress, sample, &output)
    }
  }

  /// Starts the excitation that was designed. True when there is none.
  private func begin(
    _ design: DesignResult?, _ work: IdentifyWork, _ progress: inout IdentifyProgress,
    _ sample: Sample, _ output: inout ControlOutput
  ) -> Bool {
    guard let design else {
      event(
        .warning, "identify.ended",
        "no excitation keeps the limits from here with its bands to spare", sample,
        &output)
      return true
    }
    let expected = zip(work.goals, design.sds).map { goal, sd in
      "\(goal.parameter.rawValue) \(Self.percent(sd))"
    }.joined(separator: ", ")
    event(
      .info, "identify.designed",
      "excitation \(progress.round): \(design.plan.segments.count) steps in "
        + "\(Int(design.plan.duration.rounded())) s, expected: \(expected)", sample, &output)
    machine = ProtocolMachine(
      steps: design.plan.steps(work.limits), nominalCapacity: nominalCapacity)
    progress.planned = design.plan.duration
    (progress.squares, progress.samples) = (0, 0)
    progress.stage = .exciting
    return false
  }

  /// Looks at what a round told. True when the identification is over.
  private func look(
    _ work: IdentifyWork, _ progress: inout IdentifyProgress, _ sample: Sample,
    _ output: inout ControlOutput
  ) -> Bool {
    machine = nil
    progress.spent += progress.planned
    var (words, met) = ([String](), true)
    for goal in work.goals {
      let now = known(goal.parameter)
      let value = now.map { "\($0.value) to \(Self.percent($0.sd))" } ?? "untracked"
      words.append("\(goal.parameter.rawValue) \(value) of \(Self.percent(goal.sd)) wanted")
      met = met && (now?.sd ?? .infinity) <= goal.sd
    }
    let text = words.joined(separator: ", ")
    func end(_ severity: Event.Severity, _ why: String) -> Bool {
      event(severity, "identify.ended", "\(why): \(text)", sample, &output)
      identified = (sample.time.value, severity == .info)
      if severity != .info, work.missEndsRun {
        output.outcome = Outcome(status: 1, message: "identification missed: \(why)")
      }
      return true
    }
    if progress.isUndeserved {
      let mean = Self.number(progress.squares / Double(progress.samples))
      return end(
        .warning,
        "the model does not deserve a design: innovations of \(mean) in normalised square")
    }
    if met { return end(.info, "goals met after \(Int(progress.spent)) s") }
    let left = work.budget - progress.spent
    guard left >= 60, let problem = problem(work, sample, left: left) else {
      return end(.warning, "budget spent, goals not met")
    }
    event(.info, "identify.round", text, sample, &output)
    progress.round += 1
    stepText = "designing excitation \(progress.round)"
    progress.stage = .designing(DesignJob(problem), periods: IdentifyProgress.restPeriods)
    return false
  }

  private static func percent(_ sd: Double) -> String { "\(number(100 * sd)) %" }
  private static func number(_ value: Double) -> String {
    "\((value * 1000).rounded() / 1000)"
  }

  /// Its value in words, and its relative sd; a file's contact resistance of 0 is no factor's base.
  private func known(_ parameter: ParameterName) -> (value: String, sd: Double)? {
    guard parameter != .contactResistance else {
      guard let extra = twin.filter?.contactResistance else { return nil }
      let whole = resistance(extra.mean)
      return ("\(Self.number(1e3 * whole)) mOhm", extra.sd / whole)
    }
    return twin.filter?.factor(of: parameter).map { ("x \(Self.number($0.median))", $0.logSD) }
  }

  /// Ohm, with what is found on top of the file's; 1 mOhm at least.
  private func resistance(_ extra: Double) -> Double {
    max(twin.cell.contactResistance + extra, 1e-3)
  }

  /// What is to be designed from what the twin believes now; nil when it believes nothing.
  private func problem(
    _ work: IdentifyWork, _ sample: Sample, left: Double
  ) -> DesignProblem? {
    guard let belief = twin.filter?.constants,
      let charge = twin.lastAssimilation?.belief.stateOfCharge
    else { return nil }
    let names = work.goals.map(\.parameter)
    var factors: [ParameterName: Double] = [:]
    for constant in belief.constants {
      if case .logFactor(let name) = constant, let known = belief[constant] {
        factors[name] = exp(known.mean)
      }
    }
    let extra = belief[.contactResistance]?.mean ?? 0
    let cell = twin.cell.scaled(factors).withContactResistance(resistance(extra))
    let ambient = sample.ambient.valid?.value ?? sample.surfaceMean?.value ?? 25
    var limits = work.limits
    // The cell warms by some kelvin; the lower of two neighbouring rows holds near their edge.
    let near = (ambient - 1)...(ambient + 10)
    let most = work.chargeCurrents.filter {
      near.overlaps($0.from.value...$0.to.value)
    }.map(\.current.value).min()
    if let most {
      limits.current = limits.current.lowerBound...min(limits.current.upperBound, most)
    }
    return DesignProblem(
      cell: cell, reference: twin.cell.withContactResistance(resistance(0)),
      parameters: names.map { .factor($0) },
      covariance: covariance(belief, names, resistance: resistance(extra)), limits: limits,
      timing: work.timing, voltageErrors: work.voltageErrors,
      temperatureErrors: work.temperatureErrors, stateOfCharge: charge.mean,
      stateOfChargeSD: max(charge.sd, 1e-3), ambient: ambient + 273.15, criterion: .trace,
      duration: min(work.round, left))
  }

  /// Of ln of the factors.
  private func covariance(
    _ belief: ConstantsBelief, _ names: [ParameterName], resistance: Double
  ) -> [Double] {
    let n = belief.constants.count
    let places = names.map { name in
      belief.constants.firstIndex(
        of: name == .contactResistance ? .contactResistance : .logFactor(name))
    }
    let scales = names.map { $0 == .contactResistance ? 1 / resistance : 1 }
    var covariance = [Double](repeating: 0, count: names.count * names.count)
    for (i, a) in places.enumerated() {
      for (j, b) in places.enumerated() {
        guard let a, let b else { continue }
        covariance[i * names.count + j] = scales[i] * scales[j] * belief.covariance[a * n + b]
      }
    }
    return covariance
  }
}
