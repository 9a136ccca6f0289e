import Kernels
import Testing

struct CurveIntegralTests {
  @Test("the integral's slope is the curve, its value the area, to the bound")
  func integral() throws {
    let curve = try PiecewiseCubic(
      spline: { Dual8.exponential(-$0) * 3 + $0 * $0 }, over: 0.5...3, errorBound: 1e-10)
    let integral = curve.integral(errorBound: 1e-9)
    func area(_ x: Double) -> Double {
      3 * (Double.exponential(-0.5) - Double.exponential(-x)) + (x * x * x - 0.125) / 3
    }
    for k in 0...500 {
      let x = 0.5 + 2.5 * Double(k) / 500
      let (value, slope) = integral.valueAndSlope(at: x)
      #expect(abs(value - area(x)) < 2e-9)
      #expect(abs(slope - curve.value(at: x)) < 1e-6)
    }
  }

  @Test("tables and constants integrate exactly")
  func exact() throws {
    let integral = try PiecewiseCubic(table: [0, 1, 3], [1, 2, 0]).integral(errorBound: 1e-9)
    #expect(abs(integral.value(at: 1) - 1.5) < 1e-15)
    #expect(abs(integral.value(at: 2) - 3) < 1e-15)
    #expect(abs(integral.value(at: 3) - 3.5) < 1e-15)
    let line = PiecewiseCubic(constant: 4).integral(errorBound: 1e-9)
    #expect(abs(line.value(at: 7) - line.value(at: -2) - 36) < 1e-14)
  }

  @Test("a cubic becomes one piece, anything else stays")
  func merged() throws {
    let cubic = try PiecewiseCubic(
      spline: { 1 + $0 * (2 - $0 * (0.5 - $0 * 0.3)) }, over: -1...4, errorBound: 1e-6)
    let merged = cubic.merged()
    for k in 0...100 {
      let x = -1.2 + 5.5 * Double(k) / 100
      let (a, b) = (cubic.valueAndSlope(at: x), merged.valueAndSlope(at: x))
      #expect(abs(a.value - b.value) < 1e-11 && abs(a.slope - b.slope) < 1e-10)
    }
    let wave = try PiecewiseCubic(
      spline: { Dual8.hyperbolicTangent($0) }, over: -1...1, errorBound: 1e-9)
    for k in 0...100 {
      let x = -1 + Double(k) / 50
      #expect(wave.merged().value(at: x) == wave.value(at: x))
    }
  }
}
