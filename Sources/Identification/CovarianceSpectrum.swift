import Kernels

/// Eigenvalues of a covariance, in the summaries that optimal design knows.
public struct CovarianceSpectrum: Sendable {
  /// Falling, above 0.
  public let values: [Double]

  /// - Parameter covariance: `count` x `count`, row by row.
  public init(_ covariance: [Double], count: Int) {
    values = SymmetricSpectrum(covariance, count: count).values.map { max($0, 1e-300) }
  }

  /// Mean of their logarithms.
  public var logMean: Double {
    values.reduce(0) { $0 + Double.logarithm($1) } / Double(max(values.count, 1))
  }
  /// Their mean.
  public var mean: Double { values.reduce(0, +) / Double(max(values.count, 1)) }
  /// The largest.
  public var largest: Double { values.first ?? 1 }
  /// The smallest.
  public var smallest: Double { values.last ?? 1 }
}
