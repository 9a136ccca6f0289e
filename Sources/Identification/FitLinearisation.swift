/// The data's cost near some values.
package struct FitLinearisation: Sendable {
  /// Half the weighted squares of the residuals.
  package var cost: Double
  /// Its slope, one for each value.
  package var gradient: [Double]
  /// The Gauss-Newton matrix, row by row.
  package var matrix: [Double]

  /// A cost from its parts.
  package init(cost: Double, gradient: [Double], matrix: [Double]) {
    self.cost = cost
    self.gradient = gradient
    self.matrix = matrix
  }

  /// No data at all.
  package init(count: Int) {
    self.init(
      cost: 0, gradient: Array(repeating: 0, count: count),
      matrix: Array(repeating: 0, count: count * count))
  }
}
