/// Cholesky factor of a covariance that may be singular.
enum SemidefiniteFactor {
  /// Lower triangular L with L L^T = `covariance` (row-major, symmetric, semidefinite). A pivot that is
  /// nothing but rounding beside its variance is a direction without variance.
  static func lower(of covariance: [Double], count n: Int) -> [Double] {
    var factor = Array(repeating: 0.0, count: n * n)
    for j in 0..<n {
      var pivot = covariance[j * n + j]
      let bound = pivot * 1e-13 * Double(n)
      for k in 0..<j { pivot -= factor[j * n + k] * factor[j * n + k] }
      guard pivot > bound else { continue }
      let diagonal = pivot.squareRoot()
      factor[j * n + j] = diagonal
      for i in (j + 1)..<max(n, j + 1) {
        var sum = covariance[i * n + j]
        for k in 0..<j { sum -= factor[i * n + k] * factor[j * n + k] }
        factor[i * n + j] = sum / diagonal
      }
    }
    return factor
  }
}
