/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations: small matrices, each small
/// eigenvalue as good as the matrix's own entries allow.
struct SymmetricSpectrum {
  /// Falling.
  let values: [Double]
  /// One for each value, of length 1.
  let vectors: [[Double]]

  /// - Parameter matrix: `count` x `count`, row by row.
  init(_ matrix: [Double], count n: Int) {
    var a = matrix
    var v = [Double](repeating: 0, count: n * n)
    for i in 0..<n { v[i * n + i] = 1 }
    for _ in 0..<60 {
      var off = 0.0
      for i in 0..<n { for j in 0..<i { off += a[i * n + j] * a[i * n + j] } }
      let trace = (0..<n).reduce(0) { $0 + a[$1 * n + $1] * a[$1 * n + $1] }
      if off <= 1e-30 * trace || off == 0 { break }
      for p in 0..<n {
        for q in (p + 1)..<max(n, p + 1) where a[p * n + q] != 0 {
          Self.rotate(&a, &v, n, p, q)
        }
      }
    }
    let order = (0..<n).sorted { a[$0 * n + $0] > a[$1 * n + $1] }
    values = order.map { a[$0 * n + $0] }
    vectors = order.map { k in (0..<n).map { v[$0 * n + k] } }
  }

  private static func rotate(_ a: inout [Double], _ v: inout [Double], _ n: Int, _ p: Int, _ q: Int)
  {
    let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
    let t = (theta < 0 ? -1.0 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<n {
      let (x, y) = (a[k * n + p], a[k * n + q])
      a[k * n + p] = c * x - s * y
      a[k * n + q] = s * x + c * y
    }
    for k in 0..<n {
      let (x, y) = (a[p * n + k], a[q * n + k])
      a[p * n + k] = c * x - s * y
      a[q * n + k] = s * x + c * y
      let (f, g) = (v[k * n + p], v[k * n + q])
      v[k * n + p] = c * f - s * g
      v[k * n + q] = s * f + c * g
    }
  }
}
