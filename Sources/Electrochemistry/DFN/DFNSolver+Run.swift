import Kernels

extension DFNSolver {
  private static let mostSteps = 100_000

  /// Goes on under the control in force; see `CellSolver`.
  public func run(
    for duration: Double, stops: [StopCondition], outputTimes: [Double],
    emit: (SolverRow) -> Void
  ) throws(ModelError) -> RunEnd {
    guard duration > 0, duration <= 1e9 else {
      throw ModelError(
        quantity: "duration", value: duration, unit: "s", bound: "above 0, to 1e9 s")
    }
    (runStart, runDuration, runCharge) = (time, duration, charge)
    if !rateIsKnown { try apply(control, ambient: system.ambient) }
    if !stops.isEmpty {
      system.evaluate(y.lanes, ionic: ionic.lanes, current: current)
      if let met = firstMet(stops) { return .stop(met) }
    }
    let end = time + duration
    var output = outputTimes.firstIndex { $0 > time } ?? outputTimes.count
    if nextStep <= 0 { nextStep = firstStep }
    // Every kink of a drive cycle asks for about the same first step.
    var isAfterKink = false
    if case .ramp = control {
      isAfterKink = true
      nextStep = min(nextStep, kinkStep)
    }
    for _ in 0..<Self.mostSteps {
      let left = end - time
      var h = nextStep
      let isLast = h >= left * (1 - 1e-12)
      if isLast { h = left } else if h > 0.5 * left { h = 0.5 * left }
      let start = Instant(time: time, charge: charge, current: current)
      let refused = statistics.rejections
      let taken = try advance(h)
      if isAfterKink {
        // Near a kink the error does not fall with the method's order: feel the way.
        kinkStep = taken * (statistics.rejections == refused ? 1.1 : 1)
        isAfterKink = false
      }
      if isLast, taken == h { time = end }
      var met: Int?
      if !stops.isEmpty {
        met = firstMet(stops)
        if met != nil { met = try locate(stops, since: start, step: taken) }
      }
      let step = time - start.time
      while output < outputTimes.count, outputTimes[output] < min(time, end) {
        try interpolate(
          at: (outputTimes[output] - start.time) / step, since: start, step: step)
        emit(systemRow(time: outputTimes[output], charge: interpolatedCharge))
        output += 1
      }
      if let met { return .stop(met) }
      if time >= end { return .duration }
    }
    throw ModelError(
      quantity: "number of steps", value: Double(Self.mostSteps), unit: "",
      bound: "below \(Self.mostSteps) in one run")
  }

  /// This instant; see `CellSolver`.
  public func row() throws(ModelError) -> SolverRow {
    // After a run or a step the face currents belong to the state; after `start` they do not yet.
    if !rateIsKnown, !slopeIsKnown { try apply(control, ambient: system.ambient) }
    system.evaluate(y.lanes, ionic: ionic.lanes, current: current)
    stageControlCurrent = current
    return systemRow(time: time, charge: charge)
  }

  /// From what the system was evaluated at last.
  func systemRow(time: Double, charge: Double) -> SolverRow {
    if system.thermal == .isothermal { system.evaluateHeat(current: stageControlCurrent) }
    return SolverRow(
      time: time, current: stageControlCurrent, netCapacity: charge / 3600,
      outputs: system.outputs(evaluatedShells, current: stageControlCurrent))
  }

  /// The first of the conditions that the point last evaluated meets.
  func firstMet(_ stops: [StopCondition]) -> Int? {
    stops.firstIndex { excess($0) >= 0 }
  }

  /// How far past its bound a condition is; negative before.
  func excess(_ stop: StopCondition) -> Double {
    let value =
      switch stop.quantity {
      case .voltage: system.voltage
      case .current: stageControlCurrent
      case .currentMagnitude: stageControlCurrent.magnitude
      case .temperature: system.temperature
      case .negativeSurfaceStoichiometry: system.negative.meanSurface
      case .positiveSurfaceStoichiometry: system.positive.meanSurface
      case .negativePotentialAtSeparator: system.negativePotentialAtSeparator
      case .chargeMoved: (interpolatedCharge - runCharge).magnitude / 3600
      case .stateOfCharge: system.stateOfCharge(evaluatedShells)
      }
    return stop.side == .atLeast ? value - stop.bound : stop.bound - value
  }
}
