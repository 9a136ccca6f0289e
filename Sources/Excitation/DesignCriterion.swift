import Identification
import Kernels

/// What of a posterior covariance is made small.
public enum DesignCriterion: String, Sendable, CaseIterable {
  /// Its determinant: the volume of the confidence region.
  case determinant = "D"
  /// Its trace: the mean variance.
  case trace = "A"
  /// Its largest eigenvalue: the worst known direction.
  case eigenvalue = "E"
  /// Its condition: how much worse the worst is than the best (modified E).
  case condition = "ME"

  /// ln of one over the standard deviation that the criterion stands for: more is better, 0.1 more is 10 %
  /// less standard deviation (for `condition`, a tenth less spread of standard deviations).
  ///
  /// - Parameter covariance: n x n, row by row, of ln of the factors.
  func value(_ covariance: [Double], count n: Int) -> Double {
    let spectrum = CovarianceSpectrum(covariance, count: n)
    switch self {
    case .determinant: return -0.5 * spectrum.logMean
    case .trace: return -0.5 * Double.logarithm(spectrum.mean)
    case .eigenvalue: return -0.5 * Double.logarithm(spectrum.largest)
    case .condition: return -0.5 * Double.logarithm(spectrum.largest / spectrum.smallest)
    }
  }
}
