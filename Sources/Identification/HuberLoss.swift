/// Half the square of a residual in standard deviations, beyond `width` a straight line (P. J. Huber, Ann. Math.
/// Stat. 35 (1964) 73).
struct HuberLoss {
  /// Standard deviations.
  var width: Double

  /// Of one residual.
  func cost(_ residual: Double) -> Double {
    let a = residual.magnitude
    return a <= width ? 0.5 * a * a : width * (a - 0.5 * width)
  }

  /// Of all.
  func cost(_ residuals: [Double]) -> Double { residuals.reduce(0) { $0 + cost($1) } }

  /// What a residual counts in the Gauss-Newton matrix.
  func weight(_ residual: Double) -> Double {
    residual.magnitude <= width ? 1 : width / residual.magnitude
  }
}
