import Kernels
import Testing

struct PiecewiseCubicTests {
  private func potential(_ x: Dual8) -> Dual8 {
    Dual8.exponential(x * -39.3631) * 1.9793 - Dual8.hyperbolicTangent(x * 29.8538 - 3.684) * 0.0909
  }

  @Test("the promised error bound holds between all knots, and slopes follow")
  func bound() throws {
    let spline = try PiecewiseCubic(spline: potential, over: 0...1, errorBound: 1e-6)
    #expect(spline.errorBound <= 1e-6)
    var stream = RandomStream(seed: 7)
    for _ in 0..<20_000 {
      let x = stream.uniform()
      let exact = potential(Dual8(x, lane: 0))
      let (value, slope) = spline.valueAndSlope(at: x)
      #expect(abs(value - exact.value) <= 1.1e-6)
      #expect(abs(slope - exact.partials[0]) < 2e-3)
      let dual = spline(Dual8(x, lane: 0))
      #expect(dual.value == value && dual.partials[0] == slope)
    }
  }

  @Test("the slope is the derivative of the value, to rounding")
  func slope() throws {
    let spline = try PiecewiseCubic(spline: potential, over: 0...1, errorBound: 1e-4)
    for i in 1..<200 {
      let x = Double(i) / 200 + 0.001
      let h = 1e-6
      let central = (spline(x + h) - spline(x - h)) / (2 * h)
      #expect(abs(central - spline.valueAndSlope(at: x).slope) < 1e-4)
    }
  }

  @Test("outside its range a function is a straight line with the end's slope")
  func outside() throws {
    let spline = try PiecewiseCubic(
      spline: { $0 * $0 * $0 }, over: 1...2, errorBound: 1e-12)
    #expect(abs(spline(3.0) - (8 + 12)) < 1e-9)
    #expect(abs(spline(0.5) - (1 - 1.5)) < 1e-9)
    #expect(spline.valueAndSlope(at: 1e9).slope == spline.valueAndSlope(at: 2.0).slope)
    #expect(spline(Double.nan).isNaN)
  }

  @Test("tables are straight between their points")
  func table() throws {
    let table = try PiecewiseCubic(table: [0, 0.1, 5, 6], [1, 2, 2, 0])
    for (x, y) in [(0.0, 1.0), (0.05, 1.5), (0.1, 2), (3, 2), (5.5, 1), (6, 0), (7, -2), (-0.1, 0)]
    {
      #expect(abs(table(x) - y) < 1e-12, "\(x)")
    }
  }

  @Test("tables that are no functions and functions without values are refused")
  func refused() {
    #expect(throws: PiecewiseCubic.FitError.self) { try PiecewiseCubic(table: [0, 0], [1, 2]) }
    #expect(throws: PiecewiseCubic.FitError.self) { try PiecewiseCubic(table: [0], [1]) }
    #expect(throws: PiecewiseCubic.FitError.self) { try PiecewiseCubic(table: [0, 1], [1]) }
    #expect(throws: PiecewiseCubic.FitError.self) {
      try PiecewiseCubic(table: [0, 1], [1, .nan])
    }
    #expect(throws: PiecewiseCubic.FitError.self) {
      try PiecewiseCubic(spline: { .reciprocal($0) }, over: 0...1, errorBound: 1e-6)
    }
  }
}
