/// Columns c with sum of c c^T = a covariance.
public struct CovarianceColumns: Sendable {
  /// As many as there are directions with variance.
  public let columns: [[Double]]

  /// - Parameter covariance: `count` x `count`, row by row.
  public init(_ covariance: [Double], count: Int) {
    let spectrum = SymmetricSpectrum(covariance, count: count)
    columns = zip(spectrum.values, spectrum.vectors).compactMap { value, vector in
      value > 0 ? vector.map { $0 * value.squareRoot() } : nil
    }
  }
}
