import Kernels

extension DFNSolver {
  /// Residual of the control in force and its derivatives by voltage and current; nil when the
  /// current is given.
  func constraint() -> (residual: Double, byVoltage: Double, byCurrent: Double)? {
    let v = system.voltage
    switch control {
    case .current, .ramp: return nil
    case .voltage(let wanted): return (v - wanted, 1, 0)
    case .power(let wanted): return (v * stageControlCurrent - wanted, stageControlCurrent, v)
    case .resistance(let ohms): return (v + stageControlCurrent * ohms, 1, ohms)
    }
  }

  /// Imposes a control from now on; see `CellSolver`.
  public func apply(_ control: CellControl, ambient: Double) throws(ModelError) {
    try check(control, ambient: ambient)
    slopeIsKnown = false
    if goesOn(under: control, ambient: ambient) {
      self.control = control
      return
    }
    let saved = (self.control, current, system.ambient, system.branch)
    let temperature = y.lanes[system.layout.temperature]
    ionicBefore.lanes.update(from: ionic.lanes, count: ionic.count)
    self.control = control
    system.ambient = ambient
    if system.thermal == .isothermal { y.lanes[system.layout.temperature][0] = ambient }
    switch control {
    case .current(let i): current = i
    case .ramp(let i, _): current = i
    case .power(let p): current = p / max(0.5, system.voltage)
    case .resistance(let ohms): current = -system.voltage / ohms
    case .voltage: break
    }
    system.chooseBranch(current: current, control: control)
    do {
      try jump(from: saved.1, parts: 1)
    } catch {
      (self.control, current, system.ambient, system.branch) = saved
      system.chooseBranch(current: 0, control: self.control)
      y.lanes[system.layout.temperature] = temperature
      ionic.lanes.update(from: ionicBefore.lanes, count: ionic.count)
      throw error
    }
    // A jump is resolved from its first milliseconds on; a ramp goes on as before.
    if abs(current - saved.1) > 1e-9 * nominalCapacity || !rateIsKnown { nextStep = 0 }
    system.writeRates(into: rates[0].lanes)
    (rateIsKnown, rateIsLast) = (true, false)
  }

  /// The control changes nothing at this instant: a ramp that starts at the present current. The
  /// state is consistent already and a drive cycle comes here every second.
  private func goesOn(under control: CellControl, ambient: Double) -> Bool {
    guard rateIsKnown, ambient == system.ambient, constraintIsCurrent,
      case .ramp(let from, _) = control
    else { return false }
    guard (from - current).magnitude <= 1e-9 * nominalCapacity else { return false }
    return true
  }

  /// Settles at the present current, from face currents that fit another one, A. Near an empty or
  /// full surface Newton may not find the way at once: it is then led there in parts.
  func jump(from start: Double, parts: Int) throws(ModelError) {
    let end = current
    do {
      for part in 1...parts {
        let share = Double(part) / Double(parts)
        current = part == parts ? end : start + share * (end - start)
        system.spread((end - start) / Double(parts), over: ionic.lanes)
        try settle()
      }
    } catch {
      guard constraintIsCurrent, parts < 100 else { throw error }
      ionic.lanes.update(from: ionicBefore.lanes, count: ionic.count)
      current = end
      try jump(from: start, parts: 8 * parts)
    }
  }

  /// Finds the face currents, and the current where the control leaves it free, at the present y.
  func settle() throws(ModelError) {
    stageControlCurrent = current
    let last =
      constraintIsCurrent
      // Newton's next step would be some square of this one: rounding.
      ? system.settle(y.lanes, ionic: ionic.lanes, current: current, goal: 1e-8)
      : settleFully()
    // Where a surface is empty to 1e-9, or at 30C and more, rounding alone leaves some 1e-8 V.
    guard last < 1e-7 else {
      throw ModelError.noConvergence(of: "the currents through the electrodes", size: last)
    }
    evaluateEnd()
    try system.checkState(y.lanes, current: current, bound: currentBound)
  }

  /// Current and face currents together; the last step, V.
  private func settleFully() -> Double {
    var last = Double.infinity
    for _ in 0..<60 {
      system.evaluate(y.lanes, ionic: ionic.lanes, current: current)
      statistics.evaluations += 1
      let constraint = constraint()
      system.factor(gh: 0, isCurrentFree: constraint != nil)
      statistics.factorisations += 1
      system.prepareSides(gh: 0, y: y.lanes, predicted: y.lanes)
      var step = system.solve(constraint: constraint)
      // A voltage step asks for a current that the linear model may overrate a hundredfold.
      let bound = 20 * nominalCapacity
      step = min(max(step, -bound), bound)
      current += step
      stageControlCurrent = current
      let size = system.applySteps(
        gh: 0, y: y.lanes, predicted: y.lanes, ionic: ionic.lanes)
      last = max(size, step.magnitude / nominalCapacity * VoltageWeight.current)
      guard last.isFinite else { break }
      if last < 1e-12 { break }
    }
    return last
  }

  var currentBound: Double { system.functions.currentBound }

  func check(_ control: CellControl, ambient: Double) throws(ModelError) {
    guard ambient >= 150, ambient <= 500 else {
      throw ModelError(
        quantity: "ambient temperature", value: ambient, unit: "K", bound: "150 to 500 K")
    }
    func current(_ value: Double) throws(ModelError) {
      guard value.magnitude <= currentBound else {
        throw ModelError(
          quantity: "current", value: value, unit: "A",
          bound: "\(-currentBound) to \(currentBound) A (100 C)")
      }
    }
    switch control {
    case .current(let value): try current(value)
    case .ramp(let from, let to):
      try current(from)
      try current(to)
    case .voltage(let value):
      guard value > -1, value < 10 else {
        throw ModelError(quantity: "voltage", value: value, unit: "V", bound: "-1 to 10 V")
      }
    case .power(let value):
      guard value.magnitude <= 5 * currentBound else {
        throw ModelError(
          quantity: "power", value: value, unit: "W",
          bound: "\(-5 * currentBound) to \(5 * currentBound) W")
      }
    case .resistance(let value):
      guard value > 0, value <= 1e9 else {
        throw ModelError(
          quantity: "resistance", value: value, unit: "Ohm", bound: "above 0, to 1e9 Ohm")
      }
    }
  }
}

extension ModelError {
  static func noConvergence(of what: String, size: Double) -> ModelError {
    ModelError(
      quantity: "Newton step for \(what)", value: size, unit: "V",
      bound: "below 1e-7 after 60 steps")
  }
}
