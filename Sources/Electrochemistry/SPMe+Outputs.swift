import Kernels

extension SPMe {
  /// y = h(x, u): what the cell shows in state `x` under a current, A, positive = charge.
  ///
  /// - Parameter ambient: K; the cell's temperature when isothermal.
  /// - Throws: when the current or the state is outside the model's range.
  public func outputs(
    _ x: UnsafeBufferPointer<Double>, current: Double, ambient: Double
  ) throws(ModelError) -> CellOutputs {
    try checkInputs(current: current, ambient: ambient)
    guard x.count == layout.count, let base = x.baseAddress else {
      throw wrongLength(x.count)
    }
    let temperature = thermal == .isothermal ? ambient : base[layout.temperature]
    try checkState(base, temperature: temperature)
    let c = coefficients
    let eta = overpotentials(base, coefficients: c, temperature: temperature, current: current)
    try checkSurfaces(eta)
    let branch = OpenCircuitBranch(current: current) ?? restingBranch
    let y = terminals(
      base, coefficients: c, overpotentials: eta, temperature: temperature, current: current,
      branch: branch)
    guard y.voltage.isFinite, y.negativePotentialAtSeparator.isFinite else {
      throw ModelError(quantity: "voltage", value: y.voltage, unit: "V", bound: "a finite number")
    }
    return outputs(base, overpotentials: eta, terminals: y, current: current, branch: branch)
  }

  /// The rows' form of what has been evaluated already.
  func outputs(
    _ x: UnsafePointer<Double>, overpotentials eta: Overpotentials<Double>,
    terminals y: TerminalValues<Double>, current: Double, branch: OpenCircuitBranch
  ) -> CellOutputs {
    let heat = heat(eta, coefficients: coefficients, temperature: y.temperature, current: current)
    let ends = electrolyteEnds(x)
    return CellOutputs(
      voltage: y.voltage, temperature: y.temperature,
      negativePotentialAtSeparator: y.negativePotentialAtSeparator,
      negativeSurfaceStoichiometry: eta.negativeSurface,
      positiveSurfaceStoichiometry: eta.positiveSurface, stateOfCharge: y.stateOfCharge,
      openCircuitVoltage: openCircuitVoltage(
        negative: meanStoichiometry(x, mesh: negativeMesh),
        positive: meanStoichiometry(x + layout.positiveParticle.lowerBound, mesh: positiveMesh),
        temperature: y.temperature, branch: branch),
      electrolyteNegativeEnd: ends.negative, electrolytePositiveEnd: ends.positive,
      heatOhmic: heat.ohmic, heatIrreversible: heat.irreversible,
      heatReversible: heat.reversible)
  }

  /// Salt concentration at the current collectors, mol/m3: a parabola with zero slope at the wall
  /// through the means of the two outer cells.
  func electrolyteEnds(_ x: UnsafePointer<Double>) -> (negative: Double, positive: Double) {
    if model == .spm { return (functions.initialConcentration, functions.initialConcentration) }
    let salt = x + layout.electrolyte.lowerBound
    let last = electrolyteMesh.count - 1
    return (
      salt[0] + (salt[0] - salt[1]) * electrolyteMesh.negativeWall,
      salt[last] + (salt[last] - salt[last - 1]) * electrolyteMesh.positiveWall
    )
  }

  /// As above, for an array.
  public func outputs(
    _ x: [Double], current: Double, ambient: Double
  ) throws(ModelError) -> CellOutputs {
    try x.withUnsafeBufferPointer { x throws(ModelError) in
      try outputs(x, current: current, ambient: ambient)
    }
  }

  /// Voltage and what a filter looks at.
  ///
  /// Potential at the separator: D(L) = <D> + I L/(6 s A) - I L/(3 k A)
  /// + 2(1-t+) RT/F (<ln c> - ln c(L)), with <D> = U + eta. It follows from the closed forms of
  /// phi_s and phi_e in the negative electrode (Marquis 2019, section 5; the current is linear in
  /// x there), read at x = L.
  @inline(__always)
  func terminals<S: Scalar>(
    _ x: UnsafePointer<S>, coefficients c: SPMeCoefficients<S>,
    overpotentials eta: Overpotentials<S>, temperature: S, current: S, branch: OpenCircuitBranch
  ) -> TerminalValues<S> {
    let negative =
      potential(functions.negative, eta.negativeSurface, temperature, branch) + eta.negativeReaction
    let positive =
      potential(functions.positive, eta.positiveSurface, temperature, branch) + eta.positiveReaction
    let resistance = eta.ionicResistance + eta.solidResistance + c.contactResistance
    var separator = negative
    if model == .spme {
      let face = separatorFaceConcentration(x, coefficients: c)
      let logarithm = S.logarithm(face * (1 / functions.initialConcentration))
      separator +=
        current * (c.negative.solidResistance * 0.5 - eta.negativeIonicResistance)
        + eta.concentrationFactor * (eta.negativeLogarithm - logarithm)
    }
    let mean = meanStoichiometry(x, mesh: negativeMesh)
    let window = functions.negative.maximumStoichiometry - functions.negative.minimumStoichiometry
    return TerminalValues(
      voltage: positive - negative + eta.concentration + current * resistance,
      temperature: temperature,
      negativePotentialAtSeparator: separator,
      negativeSurfaceStoichiometry: eta.negativeSurface,
      positiveSurfaceStoichiometry: eta.positiveSurface,
      stateOfCharge: (mean - functions.negative.minimumStoichiometry) * (1 / window))
  }

  /// Salt concentration where negative electrode and separator meet, by flux continuity between
  /// the two half cells. Diffusivity is continuous there and drops out.
  @inline(__always)
  private func separatorFaceConcentration<S: Scalar>(
    _ x: UnsafePointer<S>, coefficients c: SPMeCoefficients<S>
  ) -> S {
    let salt = x + layout.electrolyte.lowerBound
    let last = electrolyteMesh.negative - 1
    let a = c.negative.porous.conductance * electrolyteMesh.negativeFace
    let b = c.separator.conductance * electrolyteMesh.separatorFace
    return (salt[last] * a + salt[last + 1] * b) / (a + b)
  }

  /// U + offset + (T - Tref) dU/dT, U of the branch.
  @inline(__always)
  func potential<S: Scalar>(
    _ electrode: ModelFunctions.Electrode, _ stoichiometry: S, _ temperature: S,
    _ branch: OpenCircuitBranch
  ) -> S {
    let u = openCircuitPotential(electrode, stoichiometry, branch) + electrode.openCircuitOffset
    if electrode.entropicChange.constant == 0 { return u }
    return u + electrode.entropicChange(stoichiometry)
      * (temperature - functions.referenceTemperature)
  }

  @inline(__always)
  private func openCircuitPotential<S: Scalar>(
    _ electrode: ModelFunctions.Electrode, _ x: S, _ branch: OpenCircuitBranch
  ) -> S {
    if electrode.hasBranches {
      switch branch {
      case .mean: break
      case .charge: return electrode.chargePotential(x)
      case .discharge: return electrode.dischargePotential(x)
      }
    }
    return electrode.openCircuitPotential(x)
  }

  /// Open-circuit voltage, V, at mean stoichiometries and a temperature, K.
  ///
  /// - Parameter branch: of the open-circuit curves; nil for the model's own while at rest.
  public func openCircuitVoltage(
    negative: Double, positive: Double, temperature: Double, branch: OpenCircuitBranch? = nil
  ) -> Double {
    potential(functions.positive, positive, temperature, branch ?? restingBranch)
      - potential(functions.negative, negative, temperature, branch ?? restingBranch)
  }
}
