/// The data's cost near some values.
package struct FitLinearisation: Sendable {
  /// Half the weighted squares of the residuals.
  package var cost: Double
  /// Its slope, one for each value.
  package var gradient: [Double]
  /// The Gauss-Newton matrix, row by row.
  package var matrix: [Double]
}
