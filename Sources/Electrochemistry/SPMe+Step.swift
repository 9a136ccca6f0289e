import Kernels

extension SPMe {
  /// x' = f(x, u): advances the state in place under a constant current; allocates nothing.
  ///
  /// - Parameters:
  ///   - x: `stateCount` values; unchanged when the step throws.
  ///   - current: A, positive = charge.
  ///   - ambient: K.
  ///   - duration: s, above 0; cut evenly so that no part exceeds `longestSubstep`.
  public func step(
    _ x: UnsafeMutableBufferPointer<Double>, current: Double, ambient: Double, duration: Double,
    workspace: SPMeWorkspace
  ) throws(ModelError) {
    try step(
      x, currentFrom: current, to: current, ambient: ambient, duration: duration,
      workspace: workspace)
  }

  /// As above with a current that is linear in time.
  public func step(
    _ x: UnsafeMutableBufferPointer<Double>, currentFrom start: Double, to end: Double,
    ambient: Double, duration: Double, workspace: SPMeWorkspace
  ) throws(ModelError) {
    let scratch = workspace.numbers
    guard x.count == layout.count, let base = x.baseAddress else { throw wrongLength(x.count) }
    try checkStep(start: start, end: end, ambient: ambient, duration: duration)
    scratch.state.update(from: base, count: layout.count)
    try advance(
      scratch, coefficients: coefficients, currents: (start, end), ambient: ambient,
      duration: duration)
    base.update(from: scratch.state, count: layout.count)
  }

  /// As above for an array.
  public func step(
    _ x: inout [Double], current: Double, ambient: Double, duration: Double,
    workspace: SPMeWorkspace
  ) throws(ModelError) {
    try x.withUnsafeMutableBufferPointer { x throws(ModelError) in
      try step(
        x, current: current, ambient: ambient, duration: duration, workspace: workspace)
    }
  }

  func checkStep(
    start: Double, end: Double, ambient: Double, duration: Double
  ) throws(ModelError) {
    try checkInputs(current: start, ambient: ambient)
    try checkInputs(current: end, ambient: ambient)
    guard duration > 0, duration <= 86_400 else {
      throw ModelError(
        quantity: "step duration", value: duration, unit: "s", bound: "above 0, to 86400 s")
    }
  }

  /// Advances `scratch.state`; throws with that state spoilt.
  @inline(__always)
  func advance<S: ChainedScalar>(
    _ scratch: SPMeScratch<S>, coefficients c: SPMeCoefficients<S>, currents: (S, S), ambient: S,
    duration: Double
  ) throws(ModelError) {
    let parts = max(1, Int((duration / longestSubstep).rounded(.up)))
    let h = duration / Double(parts)
    let slope = (currents.1 - currents.0) / Double(parts)
    for part in 0..<parts {
      let start = currents.0 + slope * Double(part)
      try advancePart(
        scratch, coefficients: c, currents: (start, start + slope), ambient: ambient, duration: h
      ) { eta throws(ModelError) in try checkSurfaces(eta) }
      let x = UnsafePointer(scratch.state)
      try checkState(x, temperature: x[layout.temperature])
    }
    // The last voltage must exist: a surface out of range is an error of this step, not the next.
    let x = UnsafePointer(scratch.state)
    let temperature = x[layout.temperature]
    try checkSurfaces(x, coefficients: c, temperature: temperature, current: currents.1)
  }

  /// One part: two ROS2 halves, and between them the heat of the middle's state at the start's
  /// temperature: first order in time, but a heat changes by a few per cent a kelvin only (row "a
  /// twin's step, SPMe, lumped" of `lockstep verify`).
  ///
  /// - Parameter validate: whether the heat in the middle may be computed.
  @inline(__always)
  func advancePart<S: Scalar>(
    _ scratch: SPMeScratch<S>, coefficients c: SPMeCoefficients<S>, currents: (S, S), ambient: S,
    duration: Double, validate: (Overpotentials<S>) throws(ModelError) -> Void
  ) throws(ModelError) {
    let middle = (currents.0 + currents.1) * 0.5
    let x = scratch.state
    let isothermal = thermal == .isothermal
    if isothermal { x[layout.temperature] = ambient }
    var temperature = x[layout.temperature]
    advanceHalf(
      scratch, coefficients: c, temperature: temperature, currents: (currents.0, middle),
      duration: duration / 2)
    if !isothermal {
      let eta = overpotentials(
        x, coefficients: c, temperature: temperature, current: middle)
      try validate(eta)
      let heat = heat(eta, coefficients: c, temperature: temperature, current: middle)
      let power =
        heat.ohmic + heat.irreversible + heat.reversible - c.cooling * (temperature - ambient)
      temperature =
        temperature + power * duration / (c.heatCapacity + c.cooling * (0.5 * duration))
      x[layout.temperature] = temperature
    }
    advanceHalf(
      scratch, coefficients: c, temperature: temperature, currents: (middle, currents.1),
      duration: duration / 2)
  }

  @inline(__always)
  private func advanceHalf<S: Scalar>(
    _ scratch: SPMeScratch<S>, coefficients c: SPMeCoefficients<S>, temperature: S,
    currents: (S, S), duration h: Double
  ) {
    let x = scratch.state
    advanceParticle(
      x, mesh: negativeMesh, coefficients: c.negative, functions: functions.negative,
      temperature: temperature, currents: currents, duration: h, scratch: scratch)
    advanceParticle(
      x + layout.positiveParticle.lowerBound, mesh: positiveMesh, coefficients: c.positive,
      functions: functions.positive, temperature: temperature, currents: currents, duration: h,
      scratch: scratch)
    if model == .spm { return }
    advanceElectrolyte(
      x + layout.electrolyte.lowerBound, coefficients: c, temperature: temperature,
      currents: currents, duration: h, scratch: scratch)
  }

  private func checkSurfaces<S: ChainedScalar>(
    _ x: UnsafePointer<S>, coefficients c: SPMeCoefficients<S>, temperature: S, current: S
  ) throws(ModelError) {
    try checkSurface(
      "negative",
      surfaceStoichiometry(
        x, mesh: negativeMesh, coefficients: c.negative, functions: functions.negative,
        temperature: temperature, current: current
      ).value, functions.negative)
    try checkSurface(
      "positive",
      surfaceStoichiometry(
        x + layout.positiveParticle.lowerBound, mesh: positiveMesh, coefficients: c.positive,
        functions: functions.positive, temperature: temperature, current: current
      ).value, functions.positive)
  }
}
