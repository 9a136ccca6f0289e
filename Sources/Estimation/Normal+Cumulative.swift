import Kernels

extension Normal {
  /// Probability of a value below `value`, to 1e-7 (Abramowitz, Stegun 7.1.26).
  func cumulative(_ value: Double) -> Double {
    guard sd > 0 else { return value < mean ? 0 : 1 }
    let z = abs(value - mean) / (sd * 2.0.squareRoot())
    let t = 1 / (1 + 0.3275911 * z)
    let polynomial =
      t
      * (0.254829592
        + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    let beyond = 0.5 * polynomial * Double.exponential(-z * z)
    return value < mean ? beyond : 1 - beyond
  }
}
