import Kernels

extension DFNSolver {
  /// How a trial step ended.
  enum Trial {
    /// Norm of the error estimate over the tolerance.
    case error(Double)
    /// Newton did not converge, or left the model's range.
    case failed
  }

  /// The given current at a time within the run, A; the present one where the control is free.
  func givenCurrent(at t: Double) -> Double {
    switch control {
    case .current(let i): return i
    case .ramp(let from, let to):
      let share = (t - runStart) / runDuration
      return from + (to - from) * min(max(share, 0), 1)
    default: return current
    }
  }

  /// One step of h from the present state: leaves the result in the last stage.
  func attempt(_ h: Double) -> Trial {
    let (n, m) = (y.count, method)
    let gh = m.gamma * h
    stageIonic[0].lanes.update(from: ionic.lanes, count: ionic.count)
    stageCurrent[0] = current
    for i in 1..<m.count {
      predict(i, h: h)
      if constraintIsCurrent { stageControlCurrent = givenCurrent(at: time + m.c[i] * h) }
      if i == 1 {
        // The change of the current must not fall on the last cell alone.
        system.spread(stageControlCurrent - current, over: stageIonic[1].lanes)
      }
      guard solveStage(i, gh: gh, factorings: i == 1 ? 1 : 0) else { return .failed }
      stageCurrent[i] = stageControlCurrent
      let inverse = 1 / gh
      let rate = rates[i].lanes
      for k in 0..<n { rate[k] = (stage.lanes[k] - predicted.lanes[k]) * inverse }
    }
    return .error(errorNorm(h) * strictness / tolerance)
  }

  /// Under a held voltage errors show in the current, whose fall ends the hold: 2e-5 V would be half
  /// a second there (NCA_Kim2011, Ecker2015 to C/20).
  private var strictness: Double {
    if case .voltage = control { return 10 }
    return 1
  }

  var constraintIsCurrent: Bool {
    switch control {
    case .current, .ramp: true
    default: false
    }
  }

  /// Known part of the stage, and a first guess of it: rates extrapolated from the last stages.
  private func predict(_ i: Int, h: Double) {
    let (n, m) = (y.count, method)
    let row = m.a[(i * m.count)..<(i * m.count + i)]
    let base = predicted.lanes
    base.update(from: y.lanes, count: n)
    for (j, weight) in zip(0..<i, row) where weight != 0 {
      let (w, rate) = (weight * h, rates[j].lanes)
      for k in 0..<n { base[k] += w * rate[k] }
    }
    let gh = m.gamma * h
    let guess = stage.lanes
    let out = stageIonic[i].lanes
    if i == 1 {
      for k in 0..<n { guess[k] = base[k] + gh * rates[0].lanes[k] }
      out.update(from: stageIonic[0].lanes, count: ionic.count)
      stageControlCurrent = current
      return
    }
    // Straight line through the two stages nearest in time.
    let (p, q) = nearest(i)
    let s = (m.c[i] - m.c[p]) / (m.c[q] - m.c[p])
    let (a, b) = (rates[p].lanes, rates[q].lanes)
    for k in 0..<n { guess[k] = base[k] + gh * (a[k] + s * (b[k] - a[k])) }
    let (u, v) = (stageIonic[p].lanes, stageIonic[q].lanes)
    for k in 0..<ionic.count { out[k] = u[k] + s * (v[k] - u[k]) }
    // With the faces: a current that does not fit them would fall on the last cells alone.
    stageControlCurrent = stageCurrent[p] + s * (stageCurrent[q] - stageCurrent[p])
  }

  private func nearest(_ i: Int) -> (Int, Int) {
    switch i {
    case 2: (0, 1)
    case 3: (2, 1)
    case 4: (1, 3)
    default: (3, 4)
    }
  }

  /// Newton with the matrix of its first iterations.
  ///
  /// - Parameter factorings: iterations that factor anew: 1 in a step's first stage, 0 in the
  ///   others, all after a jump of the current, where the guess is far off.
  func solveStage(_ i: Int, gh: Double, factorings: Int) -> Bool {
    let out = stageIonic[i].lanes
    var last = 0.0
    let goal = min(1e-5, 0.03 * tolerance)
    for iteration in 0..<max(8, factorings) {
      system.evaluate(stage.lanes, ionic: out, current: stageControlCurrent)
      statistics.evaluations += 1
      let constraint = constraint()
      if iteration < factorings {
        instantMatrixStep = -1
        system.factor(gh: gh, isCurrentFree: constraint != nil)
        statistics.factorisations += 1
      }
      system.prepareSides(gh: gh, y: stage.lanes, predicted: predicted.lanes)
      let step = system.solve(constraint: constraint)
      stageControlCurrent += step
      let size = max(
        system.applySteps(gh: gh, y: stage.lanes, predicted: predicted.lanes, ionic: out),
        step.magnitude / nominalCapacity * VoltageWeight.current)
      guard size.isFinite, size < 10 else { return false }
      // The matrix is the step's first stage's: later steps shrink by a ratio that is seen from
      // the second on. A first step alone must be small enough for a ratio of 0.3.
      var ratio = 0.3
      if iteration > 0 {
        ratio = max(size / last, 0.02)
        if ratio > 0.9, iteration >= factorings { return false }
      }
      if size * ratio / (1 - ratio) < goal { return true }
      last = size
    }
    return false
  }

  /// Largest local error, V.
  private func errorNorm(_ h: Double) -> Double {
    let layout = system.layout
    let shells = (
      localError(h, layout.negativeShells..<layout.positiveShells),
      localError(h, layout.positiveShells..<layout.negativeSalt)
    )
    let salt = localError(h, layout.negativeSalt..<layout.temperature)
    let heat = localError(h, layout.temperature..<layout.count)
    return max(
      shells.0 * system.negative.voltageWeight, shells.1 * system.positive.voltageWeight,
      salt * VoltageWeight.salt, heat * VoltageWeight.temperature)
  }

  private func localError(_ h: Double, _ lanes: Range<Int>) -> Double {
    let m = method
    var largest = Lane(repeating: 0)
    let (w0, w2, w3, w4, w5) = (
      m.error[0] * h, m.error[2] * h, m.error[3] * h, m.error[4] * h, m.error[5] * h
    )
    let (r0, r2, r3, r4, r5) = (
      rates[0].lanes, rates[2].lanes, rates[3].lanes, rates[4].lanes, rates[5].lanes
    )
    for k in lanes {
      let e = w0 * r0[k] + w2 * r2[k] + w3 * r3[k] + (w4 * r4[k] + w5 * r5[k])
      largest = Lane.larger(largest, Lane.magnitude(e))
    }
    return largest.max()
  }

  /// Makes the last stage the state.
  func accept(_ h: Double) {
    let (m, last) = (method, method.count - 1)
    before.lanes.update(from: y.lanes, count: y.count)
    ionicBefore.lanes.update(from: ionic.lanes, count: ionic.count)
    y.lanes.update(from: stage.lanes, count: y.count)
    ionic.lanes.update(from: stageIonic[last].lanes, count: ionic.count)
    for i in 0..<m.count { charge += m.a[last * m.count + i] * h * stageCurrent[i] }
    current = stageCurrent[last]
    time += h
    statistics.steps += 1
  }
}
