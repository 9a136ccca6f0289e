import Kernels

extension SingleParticleSolver {
  /// What a control asks of voltage and current, as a quantity that is zero when it holds; V, or
  /// W for a power.
  static func residual(_ control: CellControl, voltage: Double, current: Double) -> Double {
    switch control {
    case .current, .ramp: 0
    case .voltage(let set): voltage - set
    case .power(let set): voltage * current - set
    case .resistance(let set): voltage + set * current
    }
  }

  /// Its derivative by the current, given dV/dI.
  static func slope(
    _ control: CellControl, voltage: Double, current: Double, resistance: Double
  ) -> Double {
    switch control {
    case .current, .ramp: 1
    case .voltage: resistance
    case .power: voltage + current * resistance
    case .resistance(let set): resistance + set
    }
  }

  /// How well a constraint is met: 1 nV, or as much of a power.
  static func allowed(_ control: CellControl, current: Double) -> Double {
    if case .power = control { return 1e-9 * max(1e-3, current.magnitude) }
    return 1e-9
  }

  /// The current that a control makes flow at once in the present state, A.
  func instantCurrent(_ control: CellControl) throws(ModelError) -> Double {
    switch control {
    case .current(let value):
      try step.model.checkInputs(current: value, ambient: ambient)
      return value
    case .ramp(let from, let to):
      try step.model.checkInputs(current: from, ambient: ambient)
      try step.model.checkInputs(current: to, ambient: ambient)
      return from
    case .voltage(let set):
      try Self.check("set voltage", set, "V", 0...1000)
    case .power(let set):
      try Self.check("set power", set, "W", -1e9...1e9)
    case .resistance(let set):
      try Self.check("set resistance", set, "Ohm", 1e-9...1e12)
    }
    return try instantCurrent(control, state: step.state, guess: current)
  }

  private static func check(
    _ name: String, _ value: Double, _ unit: String, _ range: ClosedRange<Double>
  ) throws(ModelError) {
    guard range.contains(value) else {
      throw ModelError(
        quantity: name, value: value, unit: unit,
        bound: "\(range.lowerBound) to \(range.upperBound) \(unit)")
    }
  }

  /// Newton with the slope of the last two points: the voltage of one state rises with current,
  /// between the slopes of kinetics near zero and of the resistance far away.
  func instantCurrent(
    _ control: CellControl, state: UnsafePointer<Double>, guess: Double
  ) throws(ModelError) -> Double {
    var i = guess
    var v = try evaluate(state, current: i).terminals.voltage
    var r = Self.residual(control, voltage: v, current: i)
    // dV/dI from a small change first, from the last two points then.
    let small = 1e-4 * max(step.model.functions.currentBound * 0.01, i.magnitude)
    let nearby = try evaluate(state, current: i + small).terminals.voltage
    var resistance = (nearby - v) / small
    for _ in 0..<60 {
      if r.magnitude <= Self.allowed(control, current: i) { return i }
      var change = -r / Self.slope(control, voltage: v, current: i, resistance: resistance)
      // Where the state does not bear the current, half the way.
      var found: Double?
      for _ in 0..<40 {
        let bound = step.model.functions.currentBound
        if (i + change).magnitude <= bound {
          found = try? evaluate(state, current: i + change).terminals.voltage
        }
        if found != nil { break }
        change *= 0.5
      }
      guard let next = found, change.isFinite else { break }
      if (change).magnitude > 1e-9 { resistance = (next - v) / change }
      i += change
      v = next
      r = Self.residual(control, voltage: v, current: i)
      // The change has no digits left.
      if change.magnitude <= 1e-15 * i.magnitude { return i }
    }
    throw unreachable(control, voltage: v)
  }

  /// One step whose end meets the constraint: the end of the current's parabola is solved for.
  func constrained(_ h: Double, _ control: CellControl) throws(ModelError) -> Advance {
    let predicted = current + (lastSlope?.value ?? 0) * h
    var i = predicted
    var last: (current: Double, voltage: Double)?
    // Over a step the voltage answers a little more than at once: the surfaces follow.
    var resistance = stepResistance
    for _ in 0..<12 {
      var passing = StepCurrent(from: current, to: i)
      if let lastSlope {
        passing = StepCurrent(
          from: current, to: i, duration: h, after: lastSlope.value, before: lastSlope.duration)
      }
      var advance = try attempt(h, passing)
      let v = advance.terminals.voltage
      let r = Self.residual(control, voltage: v, current: i)
      if let last, (i - last.current).magnitude > 1e-10 {
        resistance = (v - last.voltage) / (i - last.current)
        stepResistance = resistance
      }
      if r.magnitude <= Self.allowed(control, current: i) {
        advance.error = max(advance.error, bending(i, predicted, resistance))
        return advance
      }
      var change = 1e-3 * step.model.functions.currentBound * 0.01
      if resistance > 0 {
        change = -r / Self.slope(control, voltage: v, current: i, resistance: resistance)
      }
      last = (i, v)
      if (change).magnitude <= 1e-15 * i.magnitude {
        advance.error = max(advance.error, bending(i, predicted, resistance))
        return advance
      }
      i += change
      try step.model.checkInputs(current: i, ambient: ambient)
    }
    throw unreachable(control, voltage: last?.voltage ?? .nan)
  }

  /// The error of taking the current as a parabola, over tolerance: one twentieth of the voltage
  /// that its bend from the last step to this one amounts to.
  private func bending(_ i: Double, _ predicted: Double, _ resistance: Double) -> Double {
    if lastSlope == nil { return 0 }
    return 0.05 * (i - predicted).magnitude * resistance
      / (controller.tolerance * ErrorScales.voltage)
  }

  private func unreachable(_ control: CellControl, voltage: Double) -> ModelError {
    switch control {
    case .power(let set):
      ModelError(
        quantity: "set power at \(time) s", value: set, unit: "W", bound: "what the cell can carry")
    case .resistance(let set):
      ModelError(
        quantity: "set resistance at \(time) s", value: set, unit: "Ohm",
        bound: "what the cell can carry")
    default:
      ModelError(
        quantity: "voltage at \(time) s", value: voltage, unit: "V",
        bound: "the set voltage, which no current within 100 C reaches")
    }
  }
}
