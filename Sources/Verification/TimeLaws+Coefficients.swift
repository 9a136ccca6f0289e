import Electrochemistry
import Foundation

extension TimeLaws {
  static var diagonallyImplicitConditions: VerificationRow {
    let m = DiagonallyImplicitMethod.fourthOrder
    let s = m.count
    func apply(_ v: [Double]) -> [Double] {
      (0..<s).map { i in (0..<s).reduce(0) { $0 + m.a[i * s + $1] * v[$1] } }
    }
    let b = Array(m.a[((s - 1) * s)...])
    func dot(_ v: [Double]) -> Double { zip(b, v).reduce(0) { $0 + $1.0 * $1.1 } }
    let c = m.c
    func times(_ u: [Double], _ v: [Double]) -> [Double] { zip(u, v).map { $0 * $1 } }
    let one = [Double](repeating: 1, count: s)
    let (c2, ac) = (times(c, c), apply(c))
    let conditions = [
      dot(one) - 1, dot(c) - 1.0 / 2, dot(c2) - 1.0 / 3, dot(ac) - 1.0 / 6,
      dot(times(c2, c)) - 1.0 / 4, dot(times(c, ac)) - 1.0 / 8, dot(apply(c2)) - 1.0 / 12,
      dot(apply(ac)) - 1.0 / 24,
    ]
    let rows = zip(apply(one), c).map { $0 - $1 }
    let stages = zip(ac, c2).dropFirst().map { $0 - 0.5 * $1 }
    return VerificationRow(
      "ESDIRK4 conditions", "order 4 and stage order 2 of the DFN's method",
      (conditions + rows + stages).reduce(0) { max($0, abs($1)) }, atMost: 1e-13)
  }

  static var rosenbrockConditions: VerificationRow {
    typealias T = RosenbrockTableau
    // One step on w' = z w with A the exact derivative: R(z) = exp(z) + O(z^4); with A = 0:
    // 1 + z + z^2/2 + z^3/6 as a W-method's. The error of order 4 falls sixteenfold as z halves.
    func step(_ z: Double, _ matrix: Double) -> Double {
      func solve(_ f: Double) -> Double { f / (1 / T.gamma - matrix) }
      let u1 = solve(z)
      let u2 = solve(z * (1 + T.a21 * u1) + T.c21 * u1)
      let u3 = solve(z * (1 + T.a31 * u1 + T.a32 * u2) + T.c31 * u1 + T.c32 * u2)
      let last = 1 + T.m[0] * u1 + T.m[1] * u2 + T.m[2] * u3
      return last + solve(z * last + T.c41 * u1 + T.c42 * u2 + T.c43 * u3)
    }
    var worst = Double.infinity
    for share in [1, 0.0, 0.5] {
      func error(_ z: Double) -> Double { abs(step(z, share * z) - exp(z)) }
      worst = min(worst, log2(error(0.02) / error(0.01)))
    }
    return VerificationRow(
      "ROS34PW2 conditions", "order 3 with the exact, half and no matrix: local error's order",
      worst, within: 3.8...4.2, theory: "4")
  }
}
