import Kernels

/// Butler-Volmer kinetics solved for the overpotential.
package enum ButlerVolmer {
  /// u = F eta / (R T) with exp(alpha_a u) - exp(-alpha_c u) = ratio.
  ///
  /// Newton on a function that is monotone; started at the larger branch's own solution, from
  /// where the iterates approach from one side and the step needs no guard. At most 30 steps; 5
  /// reach rounding for |ratio| up to 1e6.
  ///
  /// - Parameters:
  ///   - ratio: current over exchange current, positive anodic.
  ///   - anodic: alpha_a, above 0.
  ///   - cathodic: alpha_c, above 0.
  package static func overpotential(ratio: Double, anodic: Double, cathodic: Double) -> Double {
    guard ratio.isFinite else { return ratio }
    let linear = ratio / (anodic + cathodic)
    var u: Double
    if linear.magnitude < 1 {
      u = linear
    } else if ratio > 0 {
      u = Double.logarithm(1 + ratio) / anodic
    } else {
      u = -Double.logarithm(1 - ratio) / cathodic
    }
    for _ in 0..<30 {
      let (forward, backward) = (
        Double.exponential(anodic * u), Double.exponential(-cathodic * u)
      )
      let step = (forward - backward - ratio) / (anodic * forward + cathodic * backward)
      u -= step
      if step.magnitude <= 4e-16 * max(1, u.magnitude) { break }
    }
    return u
  }
}
