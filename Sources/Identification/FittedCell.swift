public import Electrochemistry

/// What a fit found.
public struct FittedCell: Sendable {
  /// At the minimum.
  public let cell: CellParameters
  /// What was free.
  public let parameters: [FitParameter]
  /// One for each parameter, then one charge offset for each record.
  public let values: [Double]
  /// Of `values`, row by row: the inverse of the Gauss-Newton matrix, prior included.
  public let covariance: [Double]
  /// Half the weighted squares, prior included.
  public let cost: Double
  /// Linearisations used.
  public let rounds: Int
  /// Whether the cost had settled.
  public let converged: Bool

  /// Standard deviation of value `i`.
  public func sd(_ i: Int) -> Double { covariance[i * values.count + i].squareRoot() }

  /// Correlation of two values.
  public func correlation(_ i: Int, _ j: Int) -> Double {
    covariance[i * values.count + j] / (sd(i) * sd(j))
  }
}
