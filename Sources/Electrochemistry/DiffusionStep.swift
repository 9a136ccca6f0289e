package import Kernels

// Goals, in order: 1. conserve to rounding (every term is a flux between neighbours or a source);
// 2. second order in time with conductances that depend on the state, without iterating;
// 3. L-stable, so that a current jump dies out and does not ring; 4. two back-substitutions
// with one factorisation.

/// One step of d(C w)/dt = div(g grad w) + s(t) shape, by ROS2 with gamma = 1 - 1/sqrt(2).
///
/// ROS2 keeps order two with any matrix in place of the Jacobian, so the symmetric diffusion
/// operator frozen at the step's start serves; with constant diffusivity it is exact and the method
/// L-stable. A diffusivity that depends on w enters through its integral, the diffusion potential:
/// the flux between two cells is then exact for steady flow between them. Radau IIA and SDIRK were tried on a flux step into a half space: two
/// ROS2 steps a period err least (0.08 % of the surface rise) for the same four solves.
///
/// Source: J. G. Verwer, E. J. Spee, J. G. Blom, W. Hundsdorfer, "A second-order Rosenbrock method
/// applied to photochemical dispersion problems", SIAM J. Sci. Comput. 20 (1999) 1456.
package struct DiffusionStep {
  static let gamma = 0.292893218813452475599

  /// Advances `w` (cell means) in place.
  ///
  /// - Parameters:
  ///   - scratch: capacities C of each cell in `capacity`; conductances between cells i and i + 1
  ///     in `conductance`, of the diffusion potential when there is one.
  ///   - sources: s at the start and the end of the step.
  ///   - shape: share of each cell in the source.
  ///   - linear: the potential is w itself, and `potentials` and `slopes` are not called.
  ///   - potentials: writes the diffusion potential of each cell.
  ///   - slopes: writes its slope between cells i and i + 1.
  @inline(__always)
  package static func advance<S: Scalar>(
    _ w: UnsafeMutablePointer<S>, count: Int, duration h: Double, scratch: SPMeScratch<S>,
    sources: (S, S), shape: UnsafePointer<Double>, linear: Bool,
    potentials: (UnsafePointer<S>, UnsafeMutablePointer<S>) -> Void,
    slopes: (UnsafePointer<S>, UnsafeMutablePointer<S>) -> Void
  ) {
    let (g, e, m) = (scratch.conductance, scratch.coupling, scratch.pivots)
    let (k1, k2, stage, capacity) = (
      scratch.first, scratch.second, scratch.stage, scratch.capacity
    )
    let potential = scratch.potential
    let gh = gamma * h
    if linear {
      for i in 0..<(count - 1) { e[i] = g[i] * gh }
    } else {
      slopes(w, e)
      for i in 0..<(count - 1) { e[i] = e[i] * g[i] * gh }
      potentials(w, potential)
    }
    var below = S(0)
    for i in 0..<(count - 1) {
      m[i] = capacity[i] + below + e[i]
      below = e[i]
    }
    m[count - 1] = capacity[count - 1] + below
    Tridiagonal.factor(diagonal: m, coupling: e, ratio: scratch.ratio, count: count)

    rates(
      UnsafePointer(linear ? w : potential), g, source: sources.0, shape, count, into: k1)
    Tridiagonal.solve(
      pivots: m, ratio: scratch.ratio, coupling: e, rightHandSide: k1, count: count)
    for i in 0..<count { stage[i] = w[i] + k1[i] * h }
    if !linear { potentials(stage, potential) }
    rates(
      UnsafePointer(linear ? stage : potential), g, source: sources.1, shape, count, into: k2)
    for i in 0..<count { k2[i] -= capacity[i] * k1[i] * 2 }
    Tridiagonal.solve(
      pivots: m, ratio: scratch.ratio, coupling: e, rightHandSide: k2, count: count)
    for i in 0..<count { w[i] = w[i] + k1[i] * (1.5 * h) + k2[i] * (0.5 * h) }
  }

  /// What flows into each cell.
  @inline(__always)
  private static func rates<S: Scalar>(
    _ w: UnsafePointer<S>, _ g: UnsafePointer<S>, source: S, _ shape: UnsafePointer<Double>,
    _ count: Int, into rate: UnsafeMutablePointer<S>
  ) {
    var inflow = S(0)
    for i in 0..<(count - 1) {
      let outflow = g[i] * (w[i] - w[i + 1])
      rate[i] = inflow - outflow + source * shape[i]
      inflow = outflow
    }
    rate[count - 1] = inflow + source * shape[count - 1]
  }
}
