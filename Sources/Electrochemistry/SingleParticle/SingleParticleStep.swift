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
  var model: SPMe
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
  /// Conductances in the matrix, and those of the stage at hand.
  let coupling: UnsafeMutablePointer<S>
  let conductance: UnsafeMutablePointer<S>
  let pivots: UnsafeMutablePointer<S>
  let ratio: UnsafeMutablePointer<S>
  let diffusivity: UnsafeMutablePointer<S>
  /// Whether a chain's conductances change within a step.
  private let moving: (negative: Bool, positive: Bool, electrolyte: Bool)
  private let base: UnsafeMutablePointer<S>
  private let total: Int

  init(_ model: SPMe, coefficients: SPMeCoefficients<S>) {
    self.model = model
    self.coefficients = coefficients
    let functions = model.functions
    let heated = model.thermal == .lumped
    func moves(_ curve: PiecewiseCubic, _ activation: S) -> Bool {
      curve.constant == nil || (heated && activation.value != 0)
    }
    moving = (
      moves(functions.negative.diffusivity, coefficients.negative.diffusivityActivation),
      moves(functions.positive.diffusivity, coefficients.positive.diffusivityActivation),
      model.model == .spme
        && moves(functions.electrolyteDiffusivity, coefficients.diffusivityActivation)
    )
    let n = model.layout.count
    cells = n - 1
    // One cell of padding on either side, so that loops over neighbours need no ends.
    let stride = n + 2
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
    diffusivity = first + 14 * stride
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
      capacity[i] =
        k < mesh.negative
        ? c.negative.porous.capacity
        : k < mesh.negative + mesh.separator ? c.separator.capacity : c.positive.porous.capacity
      source[i] = c.saltSource * mesh.sourceShape[k]
    }
  }

  /// Conductances of all chains for the cells `w` at a temperature, K.
  ///
  /// - Parameter all: also those that a step leaves as they are.
  @inline(__always)
  func fillConductances(_ w: UnsafePointer<S>, temperature: S, all: Bool) {
    let (layout, c) = (model.layout, coefficients)
    if all || moving.negative {
      let i = layout.negativeParticle.lowerBound
      model.particleConductances(
        w + i, mesh: model.negativeMesh,
        rate: model.particleRate(c.negative, temperature: temperature),
        functions: model.functions.negative, into: conductance + i)
    }
    if all || moving.positive {
      let i = layout.positiveParticle.lowerBound
      model.particleConductances(
        w + i, mesh: model.positiveMesh,
        rate: model.particleRate(c.positive, temperature: temperature),
        functions: model.functions.positive, into: conductance + i)
    }
    if moving.electrolyte || (all && model.model == .spme) {
      let i = layout.electrolyte.lowerBound
      model.electrolyteConductances(
        w + i, coefficients: c, rate: model.saltRate(c, temperature: temperature),
        diffusivity: diffusivity, into: conductance + i)
    }
  }
}
