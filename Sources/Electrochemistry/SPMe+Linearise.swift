import Kernels

extension SPMe {
  /// A step with the derivatives of x+ with respect to x, the current, ambient and parameters,
  /// by dual numbers, eight directions at a time.
  ///
  /// - Parameters:
  ///   - x: the state before the step; not changed.
  ///   - current: A, positive = charge, constant over the step.
  ///   - ambient: K.
  ///   - duration: s.
  ///   - logFactors: ln of the factor on each of `result.parameters`, on top of the model's own
  ///     values; empty for all 0. Derivatives are with respect to these.
  ///   - result: made by `LinearisedStep(self, parameters:)`; unchanged in parts when this throws.
  public func linearise(
    _ x: UnsafeBufferPointer<Double>, current: Double, ambient: Double, duration: Double,
    logFactors: [Double] = [], workspace: SPMeWorkspace, into result: inout LinearisedStep
  ) throws(ModelError) {
    let n = layout.count
    guard x.count == n, result.stateCount == n, let base = x.baseAddress else {
      throw wrongLength(x.count)
    }
    try checkStep(start: current, end: current, ambient: ambient, duration: duration)
    try checkFactors(logFactors, result.parameters)
    let p = result.parameters.count
    let scratch = workspace.duals
    var first = 0
    while first < n + 2 + p {
      let seeds = first..<min(first + 8, n + 2 + p)
      for i in 0..<n { scratch.state[i] = Dual8(base[i], seed: i, in: seeds) }
      let c = seededCoefficients(
        scratch, result.parameters, logFactors, offset: n + 2, seeds: seeds)
      let i = Dual8(current, seed: n, in: seeds)
      try advance(
        scratch, coefficients: c, currents: (i, i), ambient: Dual8(ambient, seed: n + 1, in: seeds),
        duration: duration)
      result.store(scratch.state, seeds: seeds)
      first = seeds.upperBound
    }
  }

  /// The outputs of a state with their derivatives; y = h(x, u), no step.
  ///
  /// Arguments as in `linearise`. `temperature` is the state's own; ambient matters only for an
  /// isothermal model, whose outputs do not depend on the state's temperature.
  public func lineariseOutputs(
    _ x: UnsafeBufferPointer<Double>, current: Double, ambient: Double, logFactors: [Double] = [],
    workspace: SPMeWorkspace, into result: inout LinearisedOutputs
  ) throws(ModelError) {
    let n = layout.count
    guard x.count == n, result.stateCount == n, let base = x.baseAddress else {
      throw wrongLength(x.count)
    }
    try checkInputs(current: current, ambient: ambient)
    try checkFactors(logFactors, result.parameters)
    let p = result.parameters.count
    let scratch = workspace.duals
    var first = 0
    while first < n + 1 + p {
      let seeds = first..<min(first + 8, n + 1 + p)
      for i in 0..<n { scratch.state[i] = Dual8(base[i], seed: i, in: seeds) }
      let c = seededCoefficients(
        scratch, result.parameters, logFactors, offset: n + 1, seeds: seeds)
      let i = Dual8(current, seed: n, in: seeds)
      let state = UnsafePointer(scratch.state)
      let temperature = thermal == .isothermal ? Dual8(ambient) : state[layout.temperature]
      try checkState(state, temperature: temperature)
      let eta = overpotentials(state, coefficients: c, temperature: temperature, current: i)
      try checkSurfaces(eta)
      let y = terminals(
        state, coefficients: c, overpotentials: eta, temperature: temperature, current: i,
        branch: OpenCircuitBranch(current: current) ?? restingBranch)
      result.store(y, seeds: seeds)
      first = seeds.upperBound
    }
  }

  private func seededCoefficients(
    _ scratch: SPMeScratch<Dual8>, _ parameters: [ParameterName], _ logFactors: [Double],
    offset: Int, seeds: Range<Int>
  ) -> SPMeCoefficients<Dual8> {
    let parameterValues = scratch.parameters
    for i in values.indices { parameterValues[i] = Dual8(values[i]) }
    for (k, name) in parameters.enumerated() {
      let logFactor = logFactors.isEmpty ? 0 : logFactors[k]
      parameterValues[name.ordinal] =
        parameterValues[name.ordinal]
        * Dual8.exponential(Dual8(logFactor, seed: offset + k, in: seeds))
    }
    return SPMeCoefficients<Dual8>(functions: functions) {
      parameterValues[$0.ordinal]
    }
  }

  private func checkFactors(
    _ logFactors: [Double], _ parameters: [ParameterName]
  ) throws(ModelError) {
    guard logFactors.isEmpty || logFactors.count == parameters.count else {
      throw ModelError(
        quantity: "number of log factors", value: Double(logFactors.count), unit: "",
        bound: "0 or \(parameters.count), one for each parameter")
    }
    for (name, value) in zip(parameters, logFactors) where !(value.magnitude <= 20) {
      throw ModelError(
        quantity: "log factor of \(name.rawValue)", value: value, unit: "", bound: "-20 to 20")
    }
  }
}
