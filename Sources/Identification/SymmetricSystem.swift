/// A symmetric positive definite system, solved by Cholesky's factor.
struct SymmetricSystem {
  let count: Int
  /// Lower triangle, row by row; the factor after `init`.
  private var factor: [Double]

  /// Factors `matrix`, `count` x `count` row by row; nil when it is not positive definite.
  init?(_ matrix: [Double], count n: Int) {
    count = n
    var l = matrix
    for j in 0..<n {
      for i in j..<n {
        var sum = l[i * n + j]
        for k in 0..<j { sum -= l[i * n + k] * l[j * n + k] }
        if i == j {
          guard sum > 0, sum.isFinite else { return nil }
          l[j * n + j] = sum.squareRoot()
        } else {
          l[i * n + j] = sum / l[j * n + j]
        }
      }
    }
    factor = l
  }

  /// The x of A x = b.
  func solve(_ b: [Double]) -> [Double] {
    let n = count
    var x = b
    for i in 0..<n {
      for k in 0..<i { x[i] -= factor[i * n + k] * x[k] }
      x[i] /= factor[i * n + i]
    }
    for i in stride(from: n - 1, through: 0, by: -1) {
      for k in (i + 1)..<max(n, i + 1) { x[i] -= factor[k * n + i] * x[k] }
      x[i] /= factor[i * n + i]
    }
    return x
  }

  /// A's inverse, row by row.
  var inverse: [Double] {
    var result = [Double](repeating: 0, count: count * count)
    for j in 0..<count {
      var unit = [Double](repeating: 0, count: count)
      unit[j] = 1
      let column = solve(unit)
      for i in 0..<count { result[i * count + j] = column[i] }
    }
    return result
  }
}
