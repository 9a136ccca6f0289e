import Kernels

/// The powers in j0 = F K (ce/ce0)^alpha_a x^alpha_c (1 - x)^alpha_a, made smooth where they vanish.
///
/// u^a becomes u (u^2 + s)^((a - 1)/2): the same to 1e-6 for u above 0.7, 1.7 % less at u = 0.004,
/// and of finite slope at 0. Without it a surface that fills up comes within 1e-10 of full and
/// the Newton systems lose their digits (a hold at 4.2 V after a full DFN charge of Chen2020 does).
/// PyBaMM 26.10 does the same with the same s, so the trajectories contain it.
package enum ExchangeCurrent {
  /// s: (1e-3)^2.
  package static let softening = 1e-6

  /// u^a, smooth, and d ln / du.
  package static func power(_ u: Double, _ a: Double) -> (value: Double, logarithmicSlope: Double) {
    let square = u * u + softening
    return (
      u * Double.exponential(0.5 * (a - 1) * Double.logarithm(square)),
      1 / u + (a - 1) * u / square
    )
  }
}
