public import Electrochemistry

/// What an identification found.
public struct IdentifiedCell: Sendable {
  /// At the most likely values.
  public let cell: CellParameters
  /// What was free.
  public let parameters: [IdentifiedParameter]
  /// ln of each parameter's factor, then what was added to each record's state of charge.
  public let values: [Double]
  /// Of `values`, row-major: inverse of the Gauss-Newton matrix, priors included.
  public let covariance: [Double]
  /// Half the robust squares, priors included.
  public let cost: Double
  /// Linearisations of the best start.
  public let rounds: Int
  /// Whether the cost had settled.
  public let converged: Bool
  /// Errors as they were found in the records, in their order: voltage.
  public internal(set) var voltageErrors: [ErrorModel]
  /// Starts that ended within 1 of the least cost, and all that were made.
  public internal(set) var agreeingStarts: (agreeing: Int, all: Int) = (1, 1)

  /// Standard deviation of value `i`.
  public func sd(_ i: Int) -> Double { covariance[i * values.count + i].squareRoot() }

  /// Correlation of two values.
  public func correlation(_ i: Int, _ j: Int) -> Double {
    covariance[i * values.count + j] / (sd(i) * sd(j))
  }
}
