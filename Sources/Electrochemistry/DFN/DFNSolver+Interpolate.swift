import Kernels

extension DFNSolver {
  /// Where a step began.
  struct Instant {
    var time: Double
    var charge: Double
    var current: Double
  }

  /// Evaluates the model within the last step: what has inertia by the cubic Hermite polynomial,
  /// the rest by its own equations.
  ///
  /// - Parameters:
  ///   - s: 0...1.
  ///   - step: s.
  func interpolate(at s: Double, since start: Instant, step h: Double) throws(ModelError) {
    let s2 = s * s
    let (p0, p1) = (1 - s2 * (3 - 2 * s), s2 * (3 - 2 * s))
    let (q0, q1) = (h * s * (1 - s) * (1 - s), -h * s2 * (1 - s))
    let (f0, f1) = (rates[0].lanes, rates[method.count - 1].lanes)
    for k in 0..<y.count {
      stage.lanes[k] =
        p0 * before.lanes[k] + p1 * y.lanes[k] + (q0 * f0[k] + q1 * f1[k])
    }
    // Quadratic through the start, the stage at 0.62 and the end.
    let scratch = stageIonic[1].lanes
    let c = method.c[3]
    let (l0, lc, l1) = (
      (s - c) * (s - 1) / c, s * (s - 1) / (c * (c - 1)), s * (s - c) / (1 - c)
    )
    let (u, v, w) = (stageIonic[0].lanes, stageIonic[3].lanes, ionic.lanes)
    for k in 0..<ionic.count { scratch[k] = l0 * u[k] + (lc * v[k] + l1 * w[k]) }
    stageControlCurrent =
      constraintIsCurrent
      ? givenCurrent(at: start.time + s * h)
      : l0 * start.current + lc * stageCurrent[3] + l1 * current
    evaluatedShells = UnsafePointer(stage.lanes)
    interpolatedCharge =
      charge * p1 + start.charge * p0 + q0 * start.current + q1 * current
    if constraintIsCurrent {
      // What is left after a last step of 1e-6 V is its square.
      let last = system.settle(
        stage.lanes, ionic: scratch, current: stageControlCurrent, goal: 1e-6)
      guard last < 1e-5 else {
        throw ModelError.noConvergence(of: "an instant within a step", size: last)
      }
      system.evaluate(stage.lanes, ionic: scratch, current: stageControlCurrent)
      statistics.evaluations += 1
      return
    }
    // What the next step would still move, V: the last one times the ratio of the last two.
    var (last, left) = (Double.infinity, Double.infinity)
    for iteration in 0..<20 {
      system.evaluate(stage.lanes, ionic: scratch, current: stageControlCurrent)
      statistics.evaluations += 1
      if left < 2e-7 { return }
      let constraint = constraint()
      // One matrix for all instants of a step; a new one where it does not serve.
      if instantMatrixStep != statistics.steps || iteration % 4 == 3 {
        instantMatrixStep = statistics.steps
        system.factor(gh: 0, isCurrentFree: constraint != nil)
        statistics.factorisations += 1
      }
      system.prepareSides(gh: 0, y: stage.lanes, predicted: stage.lanes)
      let move = system.solve(constraint: constraint)
      stageControlCurrent += move
      let size = max(
        system.applySteps(gh: 0, y: stage.lanes, predicted: stage.lanes, ionic: scratch),
        move.magnitude / nominalCapacity * VoltageWeight.current)
      left = size * (iteration == 0 ? 0.1 : min(1, size / last))
      last = size
    }
    guard left < 1e-5 else {
      throw ModelError.noConvergence(of: "an instant within a step", size: left)
    }
  }

  /// Shortens the last step to where the first condition is met, and leaves the state there.
  ///
  /// - Returns: which one.
  func locate(
    _ stops: [StopCondition], since start: Instant, step h: Double
  ) throws(ModelError) -> Int {
    func worst() -> (excess: Double, index: Int) {
      var best = (excess: -Double.infinity, index: 0)
      for (i, stop) in stops.enumerated() {
        let e = excess(stop)
        if e > best.excess { best = (e, i) }
      }
      return best
    }
    var (low, high) = (0.0, 1.0)
    try interpolate(at: 0, since: start, step: h)
    var lowExcess = worst().excess
    evaluateEnd()
    var (highExcess, index) = worst()
    // Illinois; the bracket shrinks to 20 us.
    for _ in 0..<60 where (high - low) * h > 2e-5 && lowExcess < 0 {
      var s = low - lowExcess * (high - low) / (highExcess - lowExcess)
      let margin = min(0.1 * (high - low), 5e-6 / h)
      s = min(max(s, low + margin), high - margin)
      try interpolate(at: s, since: start, step: h)
      let (e, i) = worst()
      if e >= 0 {
        (high, highExcess, index) = (s, e, i)
        lowExcess *= 0.5
      } else {
        (low, lowExcess) = (s, e)
        highExcess *= 0.5
      }
    }
    if high < 1 {
      restore(start)
      let short = high * h
      if case .error = attempt(short) {
        accept(short)
      } else {
        // The whole step converged: so does a part of it; were it not so, the part is dropped.
        rateIsKnown = false
      }
    }
    evaluateEnd()
    rateIsLast = true
    return index
  }
}
