import Kernels
import Testing

/// F P F^T + Q, written out, and symmetric to the last bit.
struct CovariancePropagationTests {
  @Test("equals the triple product", arguments: [1, 3, 8, 45])
  func product(count n: Int) {
    var stream = RandomStream(seed: 5, stream: UInt64(n))
    // A third of F is exactly zero, as the model's blocks are.
    let f = (0..<(n * n)).map { _ in stream.uniform() < 0.33 ? 0 : stream.gaussian() }
    let root = (0..<(n * n)).map { _ in stream.gaussian() }
    let q = (0..<n).map { _ in stream.uniform() }
    var p = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0..<n {
        p[i * n + j] = (0..<n).reduce(0) { $0 + root[i * n + $1] * root[j * n + $1] }
      }
    }
    var expected = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0..<n {
        var sum = i == j ? q[i] : 0
        for k in 0..<n {
          for l in 0..<n { sum += f[i * n + k] * p[k * n + l] * f[j * n + l] }
        }
        expected[i * n + j] = sum
      }
    }
    CovariancePropagation(count: n).propagate(&p, through: f, addingDiagonal: q)
    let scale = expected.map(abs).max() ?? 1
    for i in 0..<n {
      for j in 0..<n {
        #expect(abs(p[i * n + j] - expected[i * n + j]) < 1e-12 * scale)
        #expect(p[i * n + j] == p[j * n + i])
      }
    }
  }
}
