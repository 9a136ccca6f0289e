import Foundation
import Kernels
import Testing

/// Functions of eight lanes against libm, and every lane against the scalar.
struct LaneFunctionTests {
  private func units(_ value: Double, _ exact: Double) -> Double {
    abs(value - exact) / exact.ulp
  }

  @Test("logarithm and exponential within 2 units in the last place of libm")
  func elementary() {
    var stream = RandomStream(seed: 1)
    var worst = (0.0, 0.0)
    for _ in 0..<20_000 {
      let x = Foundation.exp(300 * (2 * stream.uniform() - 1))
      let near = 0.5 + 1.5 * stream.uniform()
      let power = 700 * (2 * stream.uniform() - 1)
      let logarithm = Lanes8.logarithm(Lanes8(SIMD8(x, near, 1, 2, x, near, 1, 2))).lanes
      worst.0 = max(worst.0, units(logarithm[0], Foundation.log(x)))
      worst.0 = max(worst.0, units(logarithm[1], Foundation.log(near)))
      #expect(logarithm[2] == 0 && logarithm[4] == logarithm[0])
      let exponential = Lanes8.exponential(Lanes8(power)).lanes
      worst.1 = max(worst.1, units(exponential[3], Foundation.exp(power)))
    }
    #expect(worst.0 <= 2 && worst.1 <= 2, "\(worst)")
  }

  @Test("edges: zero, negative, NaN, beyond the range")
  func edges() {
    let logarithm = Lanes8.logarithm(Lanes8(SIMD8(0, -1, .nan, 1, 1, 1, 1, 1))).lanes
    #expect(logarithm[0] == -.infinity && logarithm[1].isNaN && logarithm[2].isNaN)
    let exponential = Lanes8.exponential(Lanes8(SIMD8(.nan, 1e9, -1e9, 0, 0, 0, 0, 0))).lanes
    #expect(exponential[0].isNaN && exponential[1] > 1e300 && exponential[2] < 1e-300)
    #expect(exponential[3] == 1)
  }

  @Test("asinh in lanes is the scalar's, odd to the last bit")
  func inverseHyperbolicSine() {
    var x = 1e-12
    while x < 1e300 {
      let lanes = Lanes8.inverseHyperbolicSine(Lanes8(SIMD8(x, -x, 0, x, x, x, x, x))).lanes
      #expect(abs(lanes[0] / Double.inverseHyperbolicSine(x) - 1) < 1e-14, "\(x)")
      #expect(lanes[1] == -lanes[0] && lanes[2] == 0)
      x *= 1.37
    }
  }

  @Test(
    "kinetic means: numbers and duals to the last bit, lanes to rounding, slopes by differences")
  func kineticMeans() {
    var stream = RandomStream(seed: 2)
    let weights = SIMD8<Double>(0.05, 0.11, 0.16, 0.18, 0.18, 0.16, 0.11, 0.05)
    for _ in 0..<200 {
      let c = (0..<8).map { _ in 0.05 + 2 * stream.uniform() }
      let r = 4 * stream.gaussian()
      let plain = Double.kineticMeans(r, over: c, weights: weights)
      let duals = c.enumerated().map { Dual8($0.element, lane: $0.offset) }
      let dual = Dual8.kineticMeans(Dual8(r), over: duals, weights: weights)
      #expect(dual.inverseHyperbolicSine.value == plain.inverseHyperbolicSine)
      #expect(dual.logarithm.value == plain.logarithm)
      let lanes = Lanes8.kineticMeans(Lanes8(r), over: c.map { Lanes8($0) }, weights: weights)
      #expect(abs(lanes.logarithm.lanes[5] - plain.logarithm) < 1e-15)
      #expect(
        abs(lanes.inverseHyperbolicSine.lanes[5] - plain.inverseHyperbolicSine) < 4e-15)
      for k in 0..<8 {
        let slope =
          -0.5 * weights[k] * r / (c[k] * (c[k] + r * r).squareRoot())
        #expect(abs(dual.inverseHyperbolicSine.partials[k] - slope) < 1e-12 * max(1, abs(slope)))
        #expect(abs(dual.logarithm.partials[k] - weights[k] / c[k]) < 1e-12)
      }
    }
  }

  @Test("a curve in lanes is the curve, inside its range and out")
  func curves() throws {
    let wavy = try PiecewiseCubic(
      spline: { Dual8.hyperbolicTangent($0 * 3) + $0 * $0 }, over: -1...2, errorBound: 1e-9)
    let table = try PiecewiseCubic(table: [0, 0.1, 1], [1, 3, 2])
    for curve in [wavy, table, PiecewiseCubic(constant: 3)] {
      for k in 0..<400 {
        let x = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7) * 0.013 + (-1.5 + 0.01 * Double(k))
        let lanes = Lanes8.value(of: curve, at: Lanes8(x)).lanes
        for lane in 0..<8 { #expect(abs(lanes[lane] - curve.value(at: x[lane])) < 1e-15 * 8) }
      }
    }
  }
}
