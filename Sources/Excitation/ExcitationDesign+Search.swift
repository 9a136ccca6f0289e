import Identification
import Kernels

extension ExcitationDesign {
  /// Exchanges heights of stretches as long as that helps.
  func exchange(
    _ start: Candidate, share: Int, by judge: DesignEvaluator, _ judged: inout Int
  ) -> Candidate {
    var best = candidate(start.name, start.plan, by: judge) ?? start
    var stream = RandomStream(seed: problem.seed, stream: 47)
    let end = judged + share
    let limits = problem.limits.current
    var step = 0.5 * (limits.upperBound - limits.lowerBound)
    while judged < end, step > 2 * problem.timing.resolution {
      let before = best.evaluation.value
      var order = Array(best.plan.segments.indices)
      for i in order.indices.reversed() where i > 0 {
        order.swapAt(i, Int(stream.uniform() * Double(i + 1)))
      }
      for k in order where judged < end {
        let other = Int(stream.uniform() * Double(order.count))
        let moves = moves(best.plan, k, balancedBy: other, step)
        judged += moves.count
        if let better = improved(best, by: moves, judge) { best = better }
      }
      // Less than half a per cent of standard deviation: finer steps.
      if best.evaluation.value - before < 0.005 { step *= 0.5 }
    }
    return best
  }

  private func moves(
    _ plan: ExcitationPlan, _ k: Int, balancedBy other: Int, _ step: Double
  ) -> [ExcitationPlan] {
    let limits = problem.limits.current
    func set(_ k: Int, _ current: Double, in plan: ExcitationPlan) -> ExcitationPlan {
      var copy = plan
      copy.segments[k].current = min(max(current, limits.lowerBound), limits.upperBound)
      return copy.rounded(to: problem.timing.resolution)
    }
    let here = plan.segments[k].current
    var moves = [here + step, here - step, 0, -here].map { set(k, $0, in: plan) }
    if other != k {
      let ratio = plan.segments[k].duration / plan.segments[other].duration
      for change in [step, -step] {
        let there = plan.segments[other].current - change * ratio
        guard limits.contains(there) else { continue }
        moves.append(set(other, there, in: set(k, here + change, in: plan)))
      }
    }
    return moves.filter { $0 != plan }
  }

  /// The best of some plans when it is better: first by what the models disagreed on before, then in full.
  private func improved(
    _ incumbent: Candidate, by plans: [ExcitationPlan], _ judge: DesignEvaluator
  ) -> Candidate? {
    let known = incumbent.evaluation
    let quick = concurrently(plans.count, alone: worksAlone) {
      judge.evaluate(plans[$0], trusting: known)
    }
    let promising = zip(plans, quick).compactMap { plan, evaluation in
      evaluation.flatMap {
        $0.isFeasible && $0.value > incumbent.evaluation.value ? (plan, $0.value) : nil
      }
    }.sorted { $0.1 > $1.1 }
    for (plan, _) in promising.prefix(2) {
      if let whole = candidate(incumbent.name, plan, by: judge),
        whole.evaluation.value > incumbent.evaluation.value
      {
        return whole
      }
    }
    return nil
  }

  /// Climbs along the gradient of all heights together.
  func climb(_ start: Candidate, share: Int, _ judged: inout Int) -> Candidate {
    var best = start
    let end = judged + share
    let limits = problem.limits.current
    let width = limits.upperBound - limits.lowerBound
    var stride = 0.05 * width
    while judged + best.plan.segments.count < end, stride > problem.timing.resolution {
      let h = max(problem.timing.resolution, 1e-3 * width)
      let (plan, known) = (best.plan, best.evaluation)
      let here = known.value
      let slopes = concurrently(plan.segments.count, alone: worksAlone) { k -> Double in
        var moved = plan
        moved.segments[k].current += h
        guard let there = evaluator.evaluate(moved, trusting: known) else { return 0 }
        return (there.value - here) / h
      }
      judged += slopes.count
      let steepest = slopes.map(\.magnitude).max() ?? 0
      guard steepest > 0 else { break }
      var climbed = false
      while stride > problem.timing.resolution, !climbed, judged < end {
        var moved = plan
        for k in slopes.indices {
          let current = plan.segments[k].current + stride * slopes[k] / steepest
          moved.segments[k].current = min(max(current, limits.lowerBound), limits.upperBound)
        }
        judged += 1
        if let better = candidate(best.name, moved.rounded(to: problem.timing.resolution)),
          better.evaluation.value > best.evaluation.value
        {
          best = better
          climbed = true
          stride *= 1.5
        } else {
          stride *= 0.4
        }
      }
    }
    return best
  }

  /// What each stretch is good for: what is lost when the cell rests instead.
  func reasons(_ best: Candidate) -> [DesignResult.Reason] {
    let (plan, p) = (best.plan, problem.parameters.count)
    let busy = plan.segments.indices.filter { plan.segments[$0].current != 0 }
    return concurrently(busy.count, alone: worksAlone) { i -> DesignResult.Reason? in
      var without = plan
      without.segments[busy[i]].current = 0
      guard let there = evaluator.evaluate(without, trusting: best.evaluation) else { return nil }
      let factors = (0..<p).map { k in
        (there.covariance[k * p + k] / best.evaluation.covariance[k * p + k]).squareRoot()
      }
      guard let worst = factors.indices.max(by: { factors[$0] < factors[$1] }) else { return nil }
      return DesignResult.Reason(
        segment: busy[i], loss: best.evaluation.value - there.value,
        parameter: problem.parameters[worst], factor: factors[worst])
    }.compactMap(\.self)
  }
}
