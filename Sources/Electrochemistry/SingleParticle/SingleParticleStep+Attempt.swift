import Kernels

extension SingleParticleStep {
  private typealias Tableau = RosenbrockTableau

  /// From `state` to `trial` in one step; `state` stays.
  ///
  /// - Parameters:
  ///   - h: s.
  ///   - passing: A.
  ///   - ambient: K.
  @inline(__always)
  func attempt(duration h: Double, passing: StepCurrent<S>, ambient: S) {
    let n = cells
    let (w, a, r) = (state, argument, trial)
    let (u1, u2, u3, u4) = (self.u1, self.u2, self.u3, self.u4)
    let lumped = model.thermal == .lumped
    let slope = passing.initialSlope
    func current(_ stage: Int) -> S { passing.value(at: Tableau.alpha[stage]) }
    // The term g_i h dI/dt joins the current of the stage.
    func forcing(_ stage: Int) -> S { current(stage) + slope * Tableau.timeWeights[stage] }
    if !lumped { w[n] = ambient }
    a[n] = w[n]
    let thermal = ThermalStage(self, duration: h, ambient: ambient)

    if stale || heated { fillConductances(temperature: w[n]) }
    stale = false
    fillCouplings(w)
    factor(duration: h)
    divergence(of: potentials(of: w), current: forcing(0), into: u1)
    solve(u1)
    if lumped { u1[n] = thermal.solve(thermal.power(w, current(0)), S(0)) }

    for k in 0..<n { a[k] = w[k] + u1[k] * Tableau.a21 }
    if lumped { a[n] = w[n] + u1[n] * Tableau.a21 }
    if heated { fillConductances(temperature: a[n]) }
    for k in 0..<n { r[k] = inertia[k] * (u1[k] * Tableau.c21) }
    divergence(of: potentials(of: a), current: forcing(1), plus: r, into: u2)
    solve(u2)
    if lumped { u2[n] = thermal.solve(thermal.power(a, current(1)), u1[n] * Tableau.c21) }

    for k in 0..<n { a[k] = w[k] + (u1[k] * Tableau.a31 + u2[k] * Tableau.a32) }
    if lumped { a[n] = w[n] + (u1[n] * Tableau.a31 + u2[n] * Tableau.a32) }
    if heated { fillConductances(temperature: a[n]) }
    for k in 0..<n { r[k] = inertia[k] * (u1[k] * Tableau.c31 + u2[k] * Tableau.c32) }
    divergence(of: potentials(of: a), current: forcing(2), plus: r, into: u3)
    solve(u3)
    if lumped {
      u3[n] = thermal.solve(
        thermal.power(a, current(2)), u1[n] * Tableau.c31 + u2[n] * Tableau.c32)
    }

    let (m1, m2, m3) = (Tableau.m[0], Tableau.m[1], Tableau.m[2])
    for k in 0..<n { a[k] = w[k] + (u1[k] * m1 + u2[k] * m2 + u3[k] * m3) }
    if lumped { a[n] = w[n] + (u1[n] * m1 + u2[n] * m2 + u3[n] * m3) }
    if heated { fillConductances(temperature: a[n]) }
    for k in 0..<n {
      r[k] = inertia[k] * (u1[k] * Tableau.c41 + u2[k] * Tableau.c42 + u3[k] * Tableau.c43)
    }
    divergence(of: potentials(of: a), current: forcing(3), plus: r, into: u4)
    solve(u4)
    if lumped {
      u4[n] = thermal.solve(
        thermal.power(a, current(3)),
        u1[n] * Tableau.c41 + u2[n] * Tableau.c42 + u3[n] * Tableau.c43)
    }
    for k in 0..<n { r[k] = a[k] + u4[k] }
    r[n] = lumped ? a[n] + u4[n] : ambient
  }

  /// The state at a fraction of the last attempt, into `argument`.
  func interpolate(at fraction: Double) {
    let powers = SIMD3(fraction, fraction * fraction, fraction * fraction * fraction)
    let b = Tableau.dense
    let (b1, b2) = ((b[0] * powers).sum(), (b[1] * powers).sum())
    let (b3, b4) = ((b[2] * powers).sum(), (b[3] * powers).sum())
    let last = model.thermal == .lumped ? cells : cells - 1
    for k in 0...last {
      argument[k] = state[k] + ((u1[k] * b1 + u2[k] * b2) + (u3[k] * b3 + u4[k] * b4))
    }
    if model.thermal == .isothermal { argument[cells] = state[cells] }
  }

  /// Makes the last attempt the state.
  @inline(__always)
  func accept() { state.update(from: trial, count: cells + 1) }

  /// M/(h gamma) - A, factored chain by chain.
  @inline(__always)
  private func factor(duration h: Double) {
    let n = cells
    let (e, d, c, ch) = (coupling, pivots, capacity, inertia)
    let perSecond = 1 / h
    for k in 0..<n { ch[k] = c[k] * perSecond }
    for k in 0..<n { d[k] = ch[k] * (1 / Tableau.gamma) + e[k - 1] + e[k] }
    factorChain(chains.negative)
    factorChain(chains.positive)
    factorChain(chains.electrolyte)
  }

  @inline(__always)
  private func factorChain(_ range: Range<Int>) {
    if range.isEmpty { return }
    let i = range.lowerBound
    Tridiagonal.factor(
      diagonal: pivots + i, coupling: coupling + i, ratio: ratio + i, count: range.count)
  }

  @inline(__always)
  private func solve(_ x: UnsafeMutablePointer<S>) {
    solveChain(x, chains.negative)
    solveChain(x, chains.positive)
    solveChain(x, chains.electrolyte)
  }

  @inline(__always)
  private func solveChain(_ x: UnsafeMutablePointer<S>, _ range: Range<Int>) {
    if range.isEmpty { return }
    let i = range.lowerBound
    Tridiagonal.solve(
      pivots: pivots + i, ratio: ratio + i, coupling: coupling + i, rightHandSide: x + i,
      count: range.count)
  }

  /// What flows into each cell.
  @inline(__always)
  private func divergence(
    of w: UnsafePointer<S>, current: S, into rate: UnsafeMutablePointer<S>
  ) {
    let (g, b) = (conductance, source)
    for k in 0..<cells {
      rate[k] = (g[k - 1] * (w[k - 1] - w[k]) - g[k] * (w[k] - w[k + 1])) + b[k] * current
    }
  }

  @inline(__always)
  private func divergence(
    of w: UnsafePointer<S>, current: S, plus r: UnsafePointer<S>,
    into rate: UnsafeMutablePointer<S>
  ) {
    let (g, b) = (conductance, source)
    for k in 0..<cells {
      rate[k] =
        (g[k - 1] * (w[k - 1] - w[k]) - g[k] * (w[k] - w[k + 1])) + (b[k] * current + r[k])
    }
  }
}

/// The temperature's share of a stage: C T' = heat - h A (T - ambient), the heat explicit.
private struct ThermalStage<S: Scalar> {
  let step: SingleParticleStep<S>
  let ambient: S
  let inertia: S
  let inverse: S

  @inline(__always)
  init(_ step: SingleParticleStep<S>, duration h: Double, ambient: S) {
    self.step = step
    self.ambient = ambient
    let c = step.coefficients
    inertia = c.heatCapacity / h
    inverse = S.reciprocal(inertia * (1 / RosenbrockTableau.gamma) + c.cooling)
  }

  /// W.
  @inline(__always)
  func power(_ w: UnsafePointer<S>, _ current: S) -> S {
    let (model, c, t) = (step.model, step.coefficients, w[step.cells])
    let eta = model.overpotentials(w, coefficients: c, temperature: t, current: current)
    let heat = model.heat(eta, coefficients: c, temperature: t, current: current)
    return heat.ohmic + heat.irreversible + heat.reversible - c.cooling * (t - ambient)
  }

  @inline(__always)
  func solve(_ power: S, _ carried: S) -> S { (power + inertia * carried) * inverse }
}
