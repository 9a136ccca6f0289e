import Kernels

extension DFNSensitivities {
  /// Runs from rest under a current that is linear between points.
  ///
  /// - Parameters:
  ///   - times: s from 0, never decreasing, two or more; two equal times make a jump of the current.
  ///   - currents: A at those times, positive = charge.
  ///   - outputTimes: s, increasing, within `times`; at a jump, just after it.
  ///   - ambient: K; also the cell's temperature.
  public func solve(
    negativeStoichiometry: Double, positiveStoichiometry: Double, times: [Double],
    currents: [Double], outputTimes: [Double], ambient: Double
  ) throws(ModelError) -> VoltageSensitivities {
    var result = VoltageSensitivities(times: outputTimes, directions: directions)
    result.separatorPotentials = Array(repeating: 0, count: outputTimes.count)
    result.separatorDerivatives = Array(
      repeating: 0, count: outputTimes.count * directions.count)
    guard times.count >= 2, times.count == currents.count, times[0] == 0 else {
      throw ModelError(
        quantity: "number of currents", value: Double(currents.count), unit: "",
        bound: "2 or more, one for each time, the first at 0 s")
    }
    try solver.start(
      negativeStoichiometry: negativeStoichiometry, positiveStoichiometry: positiveStoichiometry,
      temperature: ambient)
    for track in tracks { track.begin(solver.system.layout) }
    var output = 0
    for k in 1..<times.count where times[k] != times[k - 1] {
      // The row at a jump is the next segment's first, where there is one.
      let isBeforeJump = times[k] < times[times.count - 1] && times[k + 1] == times[k]
      try segment(
        from: currents[k - 1], to: currents[k], until: times[k],
        outputsUntil: isBeforeJump ? times[k].nextDown : times[k], ambient: ambient, &output,
        &result)
    }
    result.statistics = solver.statistics
    return result
  }

  private func segment(
    from: Double, to: Double, until end: Double, outputsUntil lastOutput: Double, ambient: Double,
    _ output: inout Int, _ result: inout VoltageSensitivities
  ) throws(ModelError) {
    let s = solver
    let jumps = !s.rateIsKnown || (from - s.current).magnitude > 1e-9 * s.nominalCapacity
    try s.apply(.ramp(from: from, to: to), ambient: ambient)
    (s.runStart, s.runDuration) = (s.time, end - s.time)
    if jumps {
      settle()
      s.nextStep = s.firstStep
    }
    while output < result.times.count, result.times[output] <= s.time {
      report(
        output, y: s.y.lanes, along: { $0.state }, ionic: s.ionic.lanes, current: s.current, &result
      )
      output += 1
    }
    while s.time < end {
      let left = end - s.time
      let h =
        s.nextStep >= left * (1 - 1e-12)
        ? left : min(s.nextStep, left > 0.5 * s.nextStep ? s.nextStep : left)
      let start = DFNSolver.Instant(time: s.time, charge: s.charge, current: s.current)
      if s.rateIsLast {
        for track in tracks { track.rates.swapAt(0, s.method.count - 1) }
      }
      let taken = try s.advance(h)
      if h == left, taken == h { s.time = end }
      follow(taken)
      let last = min(s.time, lastOutput)
      while output < result.times.count, result.times[output] <= last {
        let share = (result.times[output] - start.time) / taken
        try s.interpolate(at: min(share, 1), since: start, step: taken)
        interpolateTracks(min(share, 1), step: taken)
        report(
          output, y: s.stage.lanes, along: { $0.known }, ionic: s.stageIonic[1].lanes,
          current: s.stageControlCurrent, &result)
        output += 1
      }
    }
  }

  private func interpolateTracks(_ t: Double, step h: Double) {
    let t2 = t * t
    let (p0, p1) = (1 - t2 * (3 - 2 * t), t2 * (3 - 2 * t))
    let (q0, q1) = (h * t * (1 - t) * (1 - t), -h * t2 * (1 - t))
    let last = solver.method.count - 1
    for track in tracks {
      let (f0, f1) = (track.rates[0].lanes, track.rates[last].lanes)
      for k in 0..<track.known.count {
        track.known.lanes[k] =
          p0 * track.before.lanes[k] + p1 * track.state.lanes[k] + (q0 * f0[k] + q1 * f1[k])
      }
    }
  }

  /// One row of the result.
  private func report(
    _ row: Int, y: UnsafePointer<Lane>, along: (DFNSensitivityTrack) -> LaneArray,
    ionic: UnsafePointer<Lane>, current: Double, _ result: inout VoltageSensitivities
  ) {
    let (system, count) = (solver.system, tracks.count)
    for (k, track) in tracks.enumerated() {
      let direct = differenceOutputs(
        track, y: y, along: along(track), ionic: ionic, current: current)
      result.derivatives[row * count + k] = direct.voltage
      result.separatorDerivatives[row * count + k] = direct.separator
    }
    refactor(gh: 0, y: y, ionic: ionic, current: current)
    result.voltages[row] = system.voltage
    result.separatorPotentials[row] = system.negativePotentialAtSeparator
    for (k, track) in tracks.enumerated() {
      system.load(track.sides, known: nil)
      _ = system.solve(constraint: nil)
      let (n, p) = (system.negative, system.positive)
      result.derivatives[row * count + k] +=
        p.dropStep(salt: still, faces: p.elimination.faceStep, total: 0, shift: false)
        - n.dropStep(salt: still, faces: n.elimination.faceStep, total: 0, shift: false)
      result.separatorDerivatives[row * count + k] += n.separatorStep(n.elimination.faceStep)
    }
  }
}

extension PorousElectrode {
  /// First-order change of `separatorPotential` by the faces' alone, V.
  func separatorStep(_ faces: LaneArray) -> Double {
    let last = count - 1
    let face = faces.numbers[last]
    return -elimination.resistance.numbers[last] * face * inverseWidth.numbers[last]
      + 0.25 * face
      * (0.5 * width.numbers[last] / coefficients.conductivity
        + salt.ionicHalf.numbers[last])
  }
}
