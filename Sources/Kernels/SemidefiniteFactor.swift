/// Cholesky factor of a covariance that may be singular.
package enum SemidefiniteFactor {
  /// Columns c with sum of c c^T = `covariance` (row-major, symmetric, semidefinite), one after the other,
  /// `n` numbers each, and how many. A pivot that is nothing but rounding beside its variance is a direction
  /// without variance.
  package static func columns(of covariance: [Double], count n: Int) -> (
    numbers: [Double], count: Int
  ) {
    var columns: [Double] = []
    var found = 0
    for j in 0..<n {
      var pivot = covariance[j * n + j]
      let bound = pivot * 1e-13 * Double(n)
      for k in 0..<found { pivot -= columns[k * n + j] * columns[k * n + j] }
      guard pivot > bound else { continue }
      let diagonal = pivot.squareRoot()
      columns.append(contentsOf: repeatElement(0, count: n))
      columns[found * n + j] = diagonal
      for i in (j + 1)..<max(n, j + 1) {
        var sum = covariance[i * n + j]
        for k in 0..<found { sum -= columns[k * n + i] * columns[k * n + j] }
        columns[found * n + i] = sum / diagonal
      }
      found += 1
    }
    return (columns, found)
  }
}
