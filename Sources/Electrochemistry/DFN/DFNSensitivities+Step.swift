import Kernels

extension DFNSensitivities {
  /// Evaluates at theta + sign delta; the state moved along the track's derivative when asked for.
  private func evaluate(
    _ track: DFNSensitivityTrack, sign: Double, y: UnsafePointer<Lane>,
    along: LaneArray?, ionic: UnsafePointer<Lane>, current: Double
  ) {
    let step = sign * DFNSensitivityTrack.delta
    if let (plus, minus) = track.coefficients { solver.system.set(sign > 0 ? plus : minus) }
    var point = y
    if let along {
      for k in 0..<shifted.count { shifted.lanes[k] = y[k] + step * along.lanes[k] }
      shifted.lanes[shifted.count - 1] = y[shifted.count - 1]
      point = UnsafePointer(shifted.lanes)
    }
    solver.system.evaluate(point, ionic: ionic, current: current + step * track.currentShift)
  }

  /// After a switch of the current: face currents and rates follow at once.
  func settle() {
    let s = solver
    for track in tracks {
      _ = differenceOutputs(
        track, y: s.y.lanes, along: track.state, ionic: s.ionic.lanes, current: s.current)
    }
    refactor(gh: 0, y: s.y.lanes, ionic: s.ionic.lanes, current: s.current)
    for track in tracks { solveFaces(track) }
    let weight = 0.5 / DFNSensitivityTrack.delta
    let (n, scratch) = (s.y.count, s.stageIonic[1])
    for track in tracks {
      let rate = track.rates[0].lanes
      for sign in [1.0, -1.0] {
        let step = sign * DFNSensitivityTrack.delta
        for k in 0..<scratch.count {
          scratch.lanes[k] = s.ionic.lanes[k] + step * track.ionic.lanes[k]
        }
        evaluate(
          track, sign: sign, y: s.y.lanes, along: track.state, ionic: scratch.lanes,
          current: s.current)
        s.system.writeRates(into: s.stage.lanes)
        for k in 0..<n {
          rate[k] = sign > 0 ? s.stage.lanes[k] : (rate[k] - s.stage.lanes[k]) * weight
        }
      }
      if track.coefficients != nil { s.system.set(base) }
    }
  }

  /// Derivatives at an instant by the state moved along the track's, at fixed face currents: of
  /// Ohm's laws into the track's sides, of the voltage and of the separator potential as returned.
  func differenceOutputs(
    _ track: DFNSensitivityTrack, y: UnsafePointer<Lane>, along: LaneArray,
    ionic: UnsafePointer<Lane>, current: Double
  ) -> (voltage: Double, separator: Double) {
    let weight = 0.5 / DFNSensitivityTrack.delta
    var (voltage, separator) = (0.0, 0.0)
    for sign in [1.0, -1.0] {
      evaluate(track, sign: sign, y: y, along: along, ionic: ionic, current: current)
      track.sides.add(solver.system, weight: sign * weight, isFirst: sign > 0)
      voltage += sign * weight * solver.system.voltage
      separator += sign * weight * solver.system.negativePotentialAtSeparator
    }
    if track.coefficients != nil { solver.system.set(base) }
    return (voltage, separator)
  }

  func refactor(
    gh: Double, y: UnsafePointer<Lane>, ionic: UnsafePointer<Lane>, current: Double
  ) {
    solver.system.evaluate(y, ionic: ionic, current: current)
    solver.system.factor(gh: gh, isCurrentFree: false)
    solver.statistics.evaluations += 1
    solver.statistics.factorisations += 1
  }

  /// Face currents' derivative at an instant, from the track's sides and a matrix with gh = 0.
  func solveFaces(_ track: DFNSensitivityTrack) {
    solver.system.load(track.sides, known: nil)
    _ = solver.system.solve(constraint: nil)
    solver.system.copySteps(into: nil, ionic: track.ionic.lanes)
  }

  /// Carries the derivatives through the step that the solver has just accepted.
  func follow(_ h: Double) {
    let (s, m) = (solver, solver.method)
    let (n, gh) = (s.y.count, m.gamma * h)
    for track in tracks { track.before.lanes.update(from: track.state.lanes, count: n) }
    for i in 1..<m.count {
      let row = m.a[(i * m.count)..<(i * m.count + i)]
      combine(s.before, s.rates, row, h, into: s.predicted)
      for k in 0..<n { s.stage.lanes[k] = s.predicted.lanes[k] + gh * s.rates[i].lanes[k] }
      let (ionic, current) = (s.stageIonic[i].lanes, s.stageCurrent[i])
      for track in tracks {
        combine(track.before, track.rates, row, h, into: track.known)
        differenceEquations(track, gh: gh, ionic: ionic, current: current)
      }
      refactor(gh: gh, y: s.stage.lanes, ionic: ionic, current: current)
      let inverse = 1 / gh
      for track in tracks {
        s.system.load(track.sides, known: track.known.lanes)
        _ = s.system.solve(constraint: nil)
        s.system.copySteps(into: track.state.lanes, ionic: track.ionic.lanes)
        for k in 0..<n {
          track.rates[i].lanes[k] = (track.state.lanes[k] - track.known.lanes[k]) * inverse
        }
      }
    }
  }

  /// The stage's equations differenced by the direction at a fixed state, into the track's sides.
  private func differenceEquations(
    _ track: DFNSensitivityTrack, gh: Double, ionic: UnsafePointer<Lane>, current: Double
  ) {
    guard track.movesEquations else {
      track.sides.clear()
      return
    }
    let (s, weight) = (solver, 0.5 / DFNSensitivityTrack.delta)
    for sign in [1.0, -1.0] {
      evaluate(track, sign: sign, y: s.stage.lanes, along: nil, ionic: ionic, current: current)
      s.system.prepareSides(gh: gh, y: s.stage.lanes, predicted: s.predicted.lanes)
      track.sides.add(s.system, weight: sign * weight, isFirst: sign > 0)
    }
    if track.coefficients != nil { s.system.set(base) }
  }

  private func combine(
    _ start: LaneArray, _ rates: [LaneArray], _ row: ArraySlice<Double>, _ h: Double,
    into sum: LaneArray
  ) {
    let n = start.count
    sum.lanes.update(from: start.lanes, count: n)
    for (weight, rate) in zip(row, rates) where weight != 0 {
      let w = weight * h
      for k in 0..<n { sum.lanes[k] += w * rate.lanes[k] }
    }
  }
}
