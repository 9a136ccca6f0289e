import Identification
import Kernels

/// The search for the most informative excitation.
///
/// From the best two of the library and a cycle between the voltage limits, on stretches of free height: exchange
/// of one stretch at a time (also with the opposite charge on another, so that the charge later stays) by steps
/// that shrink, then a climb along the gradient of all heights. No infeasible plan is ever kept. V. V. Fedorov,
/// Theory of Optimal Experiments (1972), for the exchange; what the models disagree on is asked again for every
/// plan that would be kept.
public struct ExcitationDesign: Sendable {
  let evaluator: DesignEvaluator
  /// Of the believed cell alone: a third of the work, for the rough part of the search.
  let believed: DesignEvaluator
  let problem: DesignProblem
  /// Plans that may be judged.
  public var budget = 4000
  /// Whether only the thread that asks works: beside a bench that must not wait.
  public var worksAlone = false

  /// Whether the result has rivals beside it.
  public var comparesRivals = true

  /// A search for one problem.
  public init(_ problem: DesignProblem) {
    self.problem = problem
    evaluator = DesignEvaluator(problem)
    var alone = problem
    alone.members = 1
    believed = DesignEvaluator(alone)
  }

  /// Stretches of the search: short and long ones in turn, for kinetics and for diffusion; none shorter than the
  /// dwell, 64 at most, which keeps a judgement cheap.
  var stretches: [Double] {
    var pattern =
      problem.duration < 3600 ? [1.0, 1, 2, 1, 4, 1, 2, 6] : [1, 2, 3, 6, 12, 6, 3, 2]
    // A bench that is slow for so short a design leaves room for fewer.
    while pattern.count > 1, pattern.reduce(0, +) * problem.timing.dwell > problem.duration {
      pattern.removeLast()
    }
    let whole = pattern.reduce(0, +) * problem.timing.dwell
    let rounds = max(1, min(8, (problem.duration / whole).rounded(.down)))
    let scale = problem.duration / (rounds * pattern.reduce(0, +))
    return (0..<Int(rounds)).flatMap { _ in pattern.map { $0 * scale } }
  }

  /// The best plan found; nil when not even rest is within the limits.
  public func run() -> DesignResult? {
    var judged = 0
    let seeds = seeds(&judged)
    guard !seeds.isEmpty else { return nil }
    var best: Candidate?
    for seed in seeds.prefix(2) {
      let rough = exchange(seed, share: budget / 3, by: believed, &judged)
      // What is best for the believed cell is judged by all from here on.
      guard let whole = candidate(rough.name, rough.plan) else { continue }
      let grown = climb(whole, share: budget / 6, &judged)
      if grown.evaluation.value > best?.evaluation.value ?? -.infinity { best = grown }
    }
    guard let best else { return nil }
    return finish(best, judged)
  }

  /// A plan that holds every limit, with what the models disagree on.
  package struct Candidate: Sendable {
    var name: String
    package var plan: ExcitationPlan
    package var evaluation: DesignEvaluation
  }

  /// Judges in full; nil when it may not be done.
  func candidate(
    _ name: String, _ plan: ExcitationPlan, by judge: DesignEvaluator? = nil
  ) -> Candidate? {
    guard
      let evaluation = (judge ?? evaluator).evaluate(
        plan, asksPorous: problem.trustsBothModelsOnly), evaluation.isFeasible
    else { return nil }
    return Candidate(name: name, plan: plan, evaluation: evaluation)
  }

  /// The largest share of a plan's currents that the limits leave.
  package func largest(
    _ name: String, _ plan: ExcitationPlan
  ) -> (candidate: Candidate, scale: Double)? {
    let current = problem.limits.current
    let most =
      plan.segments.map { $0.current / ($0.current > 0 ? current.upperBound : -current.lowerBound) }
      .map(\.magnitude).max() ?? 0
    let full = most > 1 ? 1 / most : 1
    var (low, high) = (0.0, full)
    func scaled(_ share: Double) -> ExcitationPlan {
      plan.scaled(by: share).rounded(to: problem.timing.resolution)
    }
    for attempt in 0..<8 {
      let share = attempt == 0 ? full : 0.5 * (low + high)
      // Limits are kept or not whatever the models disagree on.
      if believed.evaluate(scaled(share))?.isFeasible ?? false {
        low = share
        if attempt == 0 { break }
      } else {
        high = share
      }
    }
    return candidate(name, scaled(low)).map { (candidate: $0, scale: low) }
  }

  /// A library's excitation at the largest currents of the limits.
  func plan(_ excitation: ExcitationLibrary) -> ExcitationPlan {
    let limits = problem.limits.current
    return ExcitationPlan(
      excitation.shares(
        duration: problem.duration, start: problem.stateOfCharge, seed: problem.seed
      ).map {
        .init(
          current: $0.current * ($0.current > 0 ? limits.upperBound : -limits.lowerBound),
          duration: $0.duration)
      })
  }

  /// The library and the best cycle between the voltage limits on the search's stretches, best first.
  private func seeds(_ judged: inout Int) -> [Candidate] {
    let durations = stretches
    let all =
      ExcitationLibrary.allCases.map { (name: $0.rawValue, plan: plan($0)) }
      + (constantVoltage.map { [(name: $0.name, plan: $0.plan)] } ?? [])
    let found = concurrently(all.count, alone: worksAlone) { k -> Candidate? in
      let plan = all[k].plan
      var start = 0.0
      let resampled = durations.map { duration -> ExcitationPlan.Segment in
        defer { start += duration }
        return .init(current: plan.current(at: start + 0.5 * duration), duration: duration)
      }
      return largest(all[k].name, ExcitationPlan(resampled))?.candidate
    }
    judged += 8 * all.count
    return found.compactMap(\.self).sorted { $0.evaluation.value > $1.evaluation.value }
  }
}

extension ExcitationPlan {
  /// A at a time.
  func current(at time: Double) -> Double {
    var end = 0.0
    for segment in segments {
      end += segment.duration
      if time < end { return segment.current }
    }
    return segments.last?.current ?? 0
  }
}
