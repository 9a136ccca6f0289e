import Kernels
import Testing

/// A x = b holds to rounding for random diagonally dominant systems of every small size.
struct TridiagonalTests {
  @Test("residual vanishes", arguments: [1, 2, 3, 17, 60])
  func residual(count: Int) {
    var stream = RandomStream(seed: 3, stream: UInt64(count))
    let coupling = (0..<count).map { _ in stream.uniform() }
    var diagonal = coupling.map { $0 + 0.1 }
    for i in 1..<max(count, 1) { diagonal[i] += coupling[i - 1] }
    let known = (0..<count).map { _ in stream.gaussian() }
    var (pivots, ratio, x) = (diagonal, diagonal, known)
    Tridiagonal.factor(diagonal: &pivots, coupling: coupling, ratio: &ratio, count: count)
    Tridiagonal.solve(
      pivots: pivots, ratio: ratio, coupling: coupling, rightHandSide: &x, count: count)
    for i in 0..<count {
      var left = diagonal[i] * x[i]
      if i > 0 { left -= coupling[i - 1] * x[i - 1] }
      if i < count - 1 { left -= coupling[i] * x[i + 1] }
      #expect(abs(left - known[i]) < 1e-12)
    }
  }
}
