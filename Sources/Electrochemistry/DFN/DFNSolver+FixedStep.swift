import Kernels

// Goals, in order: 1. a bounded cost a step, whatever the current does; 2. L-stable without an
// explicit stage, so that a jump at the step's start cannot ring; 3. second order. Two-stage SDIRK
// with gamma = 1 - 1/sqrt(2) (R. Alexander, SIAM J. Numer. Anal. 14 (1977) 1006).

extension DFNSolver {
  private static let gamma = 0.292893218813452475599
  /// A jump of the current is followed by parts of the step that grow: the surface of a particle
  /// moves with the square root of time. Shares of the step; they sum to 1.
  private static let afterJump = [1.0 / 64, 7.0 / 64, 56.0 / 64]

  /// Advances by one step under a constant current, A, positive = charge: a twin's own step.
  ///
  /// No error is estimated; after a jump of the current the step is taken in three parts. `row` is
  /// then at the step's end. Allocates nothing.
  ///
  /// - Parameters:
  ///   - ambient: K.
  ///   - duration: s, above 0, to 86400.
  /// - Throws: when the model's range is left or 64 halvings of a part do not converge; the state
  ///   before the step is kept.
  public func step(current: Double, ambient: Double, duration: Double) throws(ModelError) {
    try step(currentFrom: current, to: current, ambient: ambient, duration: duration)
  }

  /// As above with a current that is linear in time.
  public func step(
    currentFrom start: Double, to end: Double, ambient: Double, duration: Double
  ) throws(ModelError) {
    guard duration > 0, duration <= 86_400 else {
      throw ModelError(
        quantity: "step duration", value: duration, unit: "s", bound: "above 0, to 86400 s")
    }
    try check(.ramp(from: start, to: end), ambient: ambient)
    let (saved, savedAmbient) = (
      Instant(time: time, charge: charge, current: current), system.ambient
    )
    kept.lanes.update(from: y.lanes, count: y.count)
    keptIonic.lanes.update(from: ionic.lanes, count: ionic.count)
    let jumps = (start - current).magnitude > 0.02 * nominalCapacity || !slopeIsKnown
    control = .ramp(from: start, to: end)
    (runStart, runDuration) = (time, duration)
    system.ambient = ambient
    if system.thermal == .isothermal { y.lanes[system.layout.temperature][0] = ambient }
    system.chooseBranch(current: start == 0 ? end : start, control: control)
    do {
      if jumps {
        try afterJump(from: saved, to: start, duration: duration)
      } else {
        try part(duration, halvings: 6)
      }
      time = saved.time + duration
      evaluateEnd()
      try system.checkState(y.lanes, current: current, bound: currentBound)
      control = .current(end)
      (rateIsKnown, rateIsLast, nextStep) = (false, false, 0)
    } catch {
      restoreKept(saved)
      control = .current(saved.current)
      system.ambient = savedAmbient
      (rateIsKnown, slopeIsKnown) = (false, false)
      throw error
    }
  }

  /// The parts of a step after a jump. Where much salt is displaced Newton may not find its way from the face
  /// currents of before, however short the part: they are then led to the new current first.
  private func afterJump(
    from saved: Instant, to start: Double, duration: Double
  ) throws(ModelError) {
    func parts() throws(ModelError) {
      slopeIsKnown = false
      for share in Self.afterJump { try part(share * duration, halvings: 6) }
    }
    do { try parts() } catch {
      restoreKept(saved)
      let control = control
      self.control = .current(start)
      ionicBefore.lanes.update(from: ionic.lanes, count: ionic.count)
      current = start
      try jump(from: saved.current, parts: 1)
      self.control = control
      try parts()
    }
  }

  /// The state before a step of fixed length.
  private func restoreKept(_ saved: Instant) {
    y.lanes.update(from: kept.lanes, count: y.count)
    ionic.lanes.update(from: keptIonic.lanes, count: ionic.count)
    (time, charge, current) = (saved.time, saved.charge, saved.current)
  }

  /// One part, or two halves of it where Newton fails.
  private func part(_ h: Double, halvings: Int) throws(ModelError) {
    if twoStages(h) { return }
    guard halvings > 0 else {
      throw failedReason()
        ?? ModelError(
          quantity: "Newton iteration of a step", value: h, unit: "s", bound: "to converge")
    }
    slopeIsKnown = false
    try part(0.5 * h, halvings: halvings - 1)
    try part(0.5 * h, halvings: halvings - 1)
  }

  /// Advances by h; false, and nothing changed, when Newton fails.
  private func twoStages(_ h: Double) -> Bool {
    let (n, gamma) = (y.count, Self.gamma)
    let (gh, inverse) = (gamma * h, 1 / (gamma * h))
    let (slope, first) = (rates[method.count - 1].lanes, rates[1].lanes)
    predicted.lanes.update(from: y.lanes, count: n)
    if slopeIsKnown {
      for k in 0..<n { stage.lanes[k] = y.lanes[k] + gh * slope[k] }
    } else {
      stage.lanes.update(from: y.lanes, count: n)
    }
    let (i1, i2) = (givenCurrent(at: time + gh), givenCurrent(at: time + h))
    stageIonic[1].lanes.update(from: ionic.lanes, count: ionic.count)
    system.spread(i1 - current, over: stageIonic[1].lanes)
    stageControlCurrent = i1
    guard solveStage(1, gh: gh, factorings: slopeIsKnown ? 1 : 12) else { return false }
    for k in 0..<n {
      let rate = (stage.lanes[k] - predicted.lanes[k]) * inverse
      first[k] = rate
      predicted.lanes[k] = y.lanes[k] + (h - gh) * rate
      stage.lanes[k] = predicted.lanes[k] + gh * rate
    }
    stageIonic[2].lanes.update(from: stageIonic[1].lanes, count: ionic.count)
    system.spread(i2 - i1, over: stageIonic[2].lanes)
    stageControlCurrent = i2
    guard solveStage(2, gh: gh, factorings: 0) else { return false }
    for k in 0..<n { slope[k] = (stage.lanes[k] - predicted.lanes[k]) * inverse }
    y.lanes.update(from: stage.lanes, count: n)
    ionic.lanes.update(from: stageIonic[2].lanes, count: ionic.count)
    charge += h * ((1 - gamma) * i1 + gamma * i2)
    current = i2
    time += h
    statistics.steps += 1
    slopeIsKnown = true
    return true
  }
}
