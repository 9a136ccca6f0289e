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

  @Test("on equal knots and on others a table is the same function, at and beside its knots")
  func lookup() throws {
    // Equal spacing, random spacing, and nearly all knots in one of the equal buckets.
    var stream = RandomStream(seed: 11)
    var random = [0.0]
    for _ in 0..<300 { random.append((random.last ?? 0) + 1e-3 + stream.uniform()) }
    let clustered = (0..<2_000).map { Double($0) * 1e-9 } + [1]
    for x in [(0...64).map { 0.1 * Double($0) }, random, clustered] {
      let y = x.map { Dual8.hyperbolicTangent(Dual8($0 * 3)).value + 0.1 * $0 }
      let table = try PiecewiseCubic(table: x, y)
      for i in x.indices.dropLast() {
        let h = x[i + 1] - x[i]
        for fraction in [0, 1e-9, 0.3, 0.999_999] {
          let at = x[i] + fraction * h
          let wanted = y[i] + (y[i + 1] - y[i]) * (at - x[i]) / h
          #expect(abs(table.value(at: at) - wanted) < 1e-12)
        }
      }
    }
  }

  @Test("a value alone is the value beside the slope, in the range and out of it")
  func valueAlone() throws {
    let spline = try PiecewiseCubic(spline: potential, over: 0...1, errorBound: 1e-6)
    let table = try PiecewiseCubic(table: [0, 0.1, 0.5, 1], [4, 3, 3, 1])
    for function in [spline, table, PiecewiseCubic(constant: 3)] {
      for x in [-2, 0, 1e-300, 0.25, 0.5, 1 - 1e-16, 1, 1 + 1e-12, 40, 1e300] {
        #expect(function.value(at: x) == function.valueAndSlope(at: x).value, "\(x)")
        #expect(function.value(at: x).isFinite)
      }
    }
    #expect(spline.value(at: .nan).isNaN && table.value(at: .nan).isNaN)
  }

  @Test("a spline through a table is not-a-knot: cubics come back, SciPy's figures too")
  func throughTable() throws {
    func cubic(_ x: Double) -> Double { 2 - x + 3 * x * x - 0.5 * x * x * x }
    let x = [0, 0.1, 0.5, 0.7, 2, 3.5]
    let exact = try PiecewiseCubic(splineThrough: x, x.map(cubic))
    for i in 0...350 {
      let (value, slope) = exact.valueAndSlope(at: Double(i) / 100)
      let t = Double(i) / 100
      #expect(abs(value - cubic(t)) < 1e-12)
      #expect(abs(slope - (-1 + 6 * t - 1.5 * t * t)) < 1e-11)
    }
    // scipy.interpolate.CubicSpline([0, 1, 3, 4, 6], [1, 2, 0, 5, 4]) at 0.5, 2, 3.5, 5.
    let spline = try PiecewiseCubic(splineThrough: [0, 1, 3, 4, 6], [1, 2, 0, 5, 4])
    for (t, wanted) in [
      (0.5, 2.19818376068376), (2.0, -0.03418803418803429), (3.5, 2.1116452991452994),
      (5.0, 9.04273504273504),
    ] {
      #expect(abs(spline.value(at: t) - wanted) < 1e-13)
    }
    #expect(throws: PiecewiseCubic.FitError.self) {
      try PiecewiseCubic(splineThrough: [0, 1, 2], [1, 2, 3])
    }
  }

  @Test("a relative bound holds where values are small, down to a twentieth of the largest")
  func relativeBound() throws {
    func decay(_ x: Dual8) -> Dual8 { Dual8.exponential(x * -3) }
    let spline = try PiecewiseCubic(
      spline: decay, over: 0...1, errorBound: 0, relative: 1e-8, values: { decay(Dual8($0)).value })
    for i in 0...999 {
      let x = (Double(i) + 0.5) / 1000
      let exact = decay(Dual8(x)).value
      #expect(abs(spline.value(at: x) - exact) <= 1.1e-8 * max(exact, 0.05))
    }
  }
}
