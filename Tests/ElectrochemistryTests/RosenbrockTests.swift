import Electrochemistry
import Testing

/// The tableau satisfies the conditions of order 3 for any matrix in place of the Jacobian, and those
/// of order 2 at every fraction of the step, to rounding.
struct RosenbrockTests {
  typealias Tableau = RosenbrockTableau

  /// The k form from the u form: gamma = (1/g - c)^-1, alpha = a gamma, b = m gamma.
  private func kForm() -> (a: [[Double]], g: [[Double]], rows: ([Double]) -> [Double]) {
    let c = [
      [0.0, 0, 0, 0], [Tableau.c21, 0, 0, 0], [Tableau.c31, Tableau.c32, 0, 0],
      [Tableau.c41, Tableau.c42, Tableau.c43, 0],
    ]
    let a = [
      [0.0, 0, 0, 0], [Tableau.a21, 0, 0, 0], [Tableau.a31, Tableau.a32, 0, 0],
      [Tableau.m[0], Tableau.m[1], Tableau.m[2], 0],
    ]
    // gamma = diag(1/g - c)^-1 by forward substitution, row by row: gamma_i = g (e_i + sum c_ij gamma_j).
    var g = [[Double]](repeating: [0, 0, 0, 0], count: 4)
    for i in 0..<4 {
      for j in 0..<4 {
        var sum = i == j ? 1.0 : 0
        for k in 0..<i { sum += c[i][k] * g[k][j] }
        g[i][j] = Tableau.gamma * sum
      }
    }
    func times(_ row: [Double]) -> [Double] {
      (0..<4).map { j in (0..<4).reduce(0) { $0 + row[$1] * g[$1][j] } }
    }
    return (a.map(times), g, times)
  }

  @Test("order 3 with any matrix; the estimate has order 2; stages where the tableau says")
  func order() {
    let (a, g, times) = kForm()
    let alpha = a.map { $0.reduce(0, +) }
    let gamma = g.map { $0.reduce(0, +) }
    func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
    func apply(_ m: [[Double]], _ x: [Double]) -> [Double] { m.map { dot($0, x) } }
    let b = times(Tableau.m)
    for (value, exact) in [
      (b.reduce(0, +), 1), (dot(b, alpha), 0.5), (dot(b, gamma), 0),
      (dot(b, alpha.map { $0 * $0 }), 1 / 3.0), (dot(b, apply(a, alpha)), 1 / 6.0),
      (dot(b, apply(a, gamma)), 0), (dot(b, apply(g, alpha)), 0), (dot(b, apply(g, gamma)), 0),
    ] { #expect(abs(value - exact) < 1e-14) }
    let e = times(Tableau.e)
    for value in [e.reduce(0, +), dot(e, alpha), dot(e, gamma)] { #expect(abs(value) < 1e-14) }
    for i in 0..<4 {
      #expect(abs(alpha[i] - Tableau.alpha[i]) < 1e-14)
      #expect(abs(gamma[i] - Tableau.timeWeights[i]) < 1e-14)
    }
    for x in [0.1, 0.4, 0.77, 1] {
      let powers = SIMD3(x, x * x, x * x * x)
      let dense = times(Tableau.dense.map { ($0 * powers).sum() })
      #expect(abs(dense.reduce(0, +) - x) < 1e-14)
      #expect(abs(dot(dense, alpha) - x * x / 2) < 1e-14)
      #expect(abs(dot(dense, gamma)) < 1e-14)
      #expect(abs(dot(dense, alpha.map { $0 * $0 }) - x * x * x / 3) < 1e-14)
    }
  }
}
