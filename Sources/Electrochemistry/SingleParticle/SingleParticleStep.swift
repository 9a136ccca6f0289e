import Kernels

// Goals, in order: 1. conserve lithium and salt to rounding (every term is a flux between
// neighbours or a source); 2. order 3 in time also where diffusivities depend on the state, and a
// sharp error estimate in what the cell shows; 3. one source for numbers, dual numbers and lanes;
// 4. speed: one factorisation and four solves a step, loops over contiguous memory, no allocation.
// Oracle: trajectories of an independent code, refinement of its own step, Crank's series.

/// One adaptive step's arithmetic: all of the state by ROS34PW2, current linear over the step.
///
/// The state is cut as `SPMe.layout` says. Particles and electrolyte are chains of cells,
/// C w' = div(g grad w) + B I(t); a conductance of zero after the last cell of a chain separates
/// it from the next, so that one loop serves all three. Temperature has a chain of its own.
final class SingleParticleStep<S: Scalar> {
  let model: SPMe
  let coefficients: SPMeCoefficients<S>
  /// Cells of all chains, temperature not among them.
  let cells: Int
  /// Where the run stands, and where the last attempt arrived; temperature last.
  let state: UnsafeMutablePointer<S>
  let trial: UnsafeMutablePointer<S>
  let argument: UnsafeMutablePointer<S>
  let u1: UnsafeMutablePointer<S>
  let u2: UnsafeMutablePointer<S>
  let u3: UnsafeMutablePointer<S>
  let u4: UnsafeMutablePointer<S>
  let capacity: UnsafeMutablePointer<S>
  /// Capacity over duration.
  let inertia: UnsafeMutablePointer<S>
  /// d(C w')/dI of each cell.
  let source: UnsafeMutablePointer<S>
  /// Conductances in the matrix.
  let coupling: UnsafeMutablePointer<S>
  /// Conductances of the potentials, at the stage's temperature.
  let conductance: UnsafeMutablePointer<S>
  let pivots: UnsafeMutablePointer<S>
  let ratio: UnsafeMutablePointer<S>
  /// Diffusion potentials of the stage at hand.
  let potential: UnsafeMutablePointer<S>
  /// The cells of the negative particle, the positive particle and the electrolyte.
  let chains: (negative: Range<Int>, positive: Range<Int>, electrolyte: Range<Int>)
  /// Whether conductances are to be filled before the next attempt: after a start and wherever
  /// the temperature is another.
  var stale = true
  /// Which chains have diffusivities that depend on the cells.
  let nonlinear: (negative: Bool, positive: Bool, electrolyte: Bool, any: Bool)
  /// Whether conductances follow the temperature within a step.
  let heated: Bool
  private let base: UnsafeMutablePointer<S>
  private let total: Int

  init(_ model: SPMe, coefficients: SPMeCoefficients<S>) {
    self.model = model
    self.coefficients = coefficients
    let (functions, layout) = (model.functions, model.layout)
    chains = (layout.negativeParticle, layout.positiveParticle, layout.electrolyte)
    let n = functions.negative.diffusivity.constant == nil
    let p = functions.positive.diffusivity.constant == nil
    let e = model.model == .spme && functions.electrolyteDiffusivity.constant == nil
    nonlinear = (n, p, e, n || p || e)
    heated =
      model.thermal == .lumped
      && (!coefficients.negative.diffusivityActivation.isZero
        || !coefficients.positive.diffusivityActivation.isZero
        || !coefficients.diffusivityActivation.isZero)
    let count = model.layout.count
    cells = count - 1
    // One cell of padding on either side, so that loops over neighbours need no ends.
    let stride = count + 2
    total = 15 * stride
    base = .allocate(capacity: total)
    base.initialize(repeating: S(0), count: total)
    let first = base + 1
    state = first
    trial = first + stride
    argument = first + 2 * stride
    u1 = first + 3 * stride
    u2 = first + 4 * stride
    u3 = first + 5 * stride
    u4 = first + 6 * stride
    capacity = first + 7 * stride
    inertia = first + 8 * stride
    source = first + 9 * stride
    coupling = first + 10 * stride
    conductance = first + 11 * stride
    pivots = first + 12 * stride
    ratio = first + 13 * stride
    potential = first + 14 * stride
    fillConstants()
  }

  deinit { base.deallocate() }

  private func fillConstants() {
    let (layout, c) = (model.layout, coefficients)
    func particle(
      _ range: Range<Int>, _ mesh: ParticleMesh, _ electrode: SPMeCoefficients<S>.Electrode
    ) {
      for (k, i) in range.enumerated() {
        capacity[i] = S(mesh.volumes[k])
        source[i] = electrode.surfaceSource * mesh.surfaceShape[k]
      }
    }
    particle(layout.negativeParticle, model.negativeMesh, c.negative)
    particle(layout.positiveParticle, model.positiveMesh, c.positive)
    let mesh = model.electrolyteMesh
    for (k, i) in layout.electrolyte.enumerated() {
      let domain =
        k < mesh.negative
        ? c.negative.porous
        : k < mesh.negative + mesh.separator ? c.separator : c.positive.porous
      capacity[i] = domain.capacity * mesh.widths[k]
      source[i] = c.saltSource * mesh.sourceShape[k]
    }
  }

  /// Conductances of all chains at a temperature, K.
  @inline(__always)
  func fillConductances(temperature: S) {
    let (layout, c) = (model.layout, coefficients)
    model.particleConductances(
      mesh: model.negativeMesh, rate: model.particleRate(c.negative, temperature: temperature),
      functions: model.functions.negative,
      into: conductance + layout.negativeParticle.lowerBound)
    model.particleConductances(
      mesh: model.positiveMesh, rate: model.particleRate(c.positive, temperature: temperature),
      functions: model.functions.positive,
      into: conductance + layout.positiveParticle.lowerBound)
    if model.model == .spm { return }
    model.electrolyteConductances(
      c, rate: model.saltRate(c, temperature: temperature),
      into: conductance + layout.electrolyte.lowerBound)
  }

  /// What flows along the conductances: `w` itself where no diffusivity depends on it, else
  /// `potential`, filled.
  @inline(__always)
  func potentials(of w: UnsafePointer<S>) -> UnsafePointer<S> {
    if !nonlinear.any { return w }
    let (n, p, e) = chains
    if nonlinear.negative {
      SPMe.map(
        w + n.lowerBound, n.count, model.body.functions.negative.diffusionPotential,
        into: potential + n.lowerBound)
    } else {
      for k in n { potential[k] = w[k] }
    }
    if nonlinear.positive {
      SPMe.map(
        w + p.lowerBound, p.count, model.body.functions.positive.diffusionPotential,
        into: potential + p.lowerBound)
    } else {
      for k in p { potential[k] = w[k] }
    }
    if nonlinear.electrolyte {
      SPMe.map(
        w + e.lowerBound, e.count, model.body.functions.electrolytePotential,
        into: potential + e.lowerBound)
    } else {
      for k in e { potential[k] = w[k] }
    }
    return UnsafePointer(potential)
  }

  /// The matrix's conductances, of the cells themselves, frozen at `w`.
  @inline(__always)
  func fillCouplings(_ w: UnsafePointer<S>) {
    let (n, p, e) = chains
    for k in 0..<cells { coupling[k] = conductance[k] }
    if nonlinear.negative {
      scaleCouplings(w, n, model.body.functions.negative.diffusivity)
    }
    if nonlinear.positive {
      scaleCouplings(w, p, model.body.functions.positive.diffusivity)
    }
    if nonlinear.electrolyte {
      scaleCouplings(w, e, model.body.functions.electrolyteDiffusivity)
    }
  }

  @inline(__always)
  private func scaleCouplings(_ w: UnsafePointer<S>, _ range: Range<Int>, _ curve: PiecewiseCubic) {
    for k in range.lowerBound..<(range.upperBound - 1) {
      coupling[k] = coupling[k] * curve((w[k] + w[k + 1]) * 0.5)
    }
  }
}
