extension PiecewiseCubic {
  /// Straight lines between the points of a table.
  ///
  /// - Parameters:
  ///   - x: strictly increasing, two points or more.
  ///   - y: one value for each.
  public init(table x: [Double], _ y: [Double]) throws(FitError) {
    try Self.check(x, y, fewest: 2)
    let pieces = (0..<(x.count - 1)).map { i in
      SIMD4(y[i], (y[i + 1] - y[i]) / (x[i + 1] - x[i]), 0, 0)
    }
    self.init(x, pieces)
  }

  /// The cubic spline through the points of a table (C2; third derivative continuous at the
  /// second and last but one point: "not-a-knot", as SciPy's CubicSpline).
  ///
  /// - Parameters:
  ///   - x: strictly increasing, four points or more.
  ///   - y: one value for each.
  public init(splineThrough x: [Double], _ y: [Double]) throws(FitError) {
    try Self.check(x, y, fewest: 4)
    let slopes = Self.notAKnotSlopes(x, y)
    let pieces = (0..<(x.count - 1)).map { i in
      let h = x[i + 1] - x[i]
      let chord = (y[i + 1] - y[i]) / h
      return SIMD4(
        y[i], slopes[i], (3 * chord - 2 * slopes[i] - slopes[i + 1]) / h,
        (slopes[i] + slopes[i + 1] - 2 * chord) / (h * h))
    }
    self.init(x, pieces)
  }

  private init(_ x: [Double], _ pieces: [SIMD4<Double>]) {
    let first = x.first ?? 0
    let h = ((x.last ?? 0) - first) / Double(pieces.count)
    // Three ulp of the far end: what spacing a decimal grid in binary costs.
    let equal = x.indices.allSatisfy {
      (x[$0] - (first + Double($0) * h)).magnitude
        <= 3 * max(first.magnitude, (x.last ?? 0).magnitude).ulp
    }
    self.init(knots: x, pieces: pieces, equallySpaced: equal, errorBound: 0, constant: nil)
  }

  private static func check(_ x: [Double], _ y: [Double], fewest: Int) throws(FitError) {
    guard x.count == y.count else {
      throw FitError(description: "table has \(x.count) x and \(y.count) y values")
    }
    guard x.count >= fewest else {
      throw FitError(description: "table has \(x.count) points; wanted: \(fewest) or more")
    }
    for i in x.indices {
      guard x[i].isFinite, y[i].isFinite else {
        throw FitError(description: "table value \(i + 1) is not finite")
      }
      if i > 0, x[i] <= x[i - 1] {
        throw FitError(description: "table x is not increasing at point \(i + 1) (\(x[i]))")
      }
      if i > 0, !((y[i] - y[i - 1]) / (x[i] - x[i - 1])).isFinite {
        throw FitError(description: "table is steeper than a number can say at point \(i + 1)")
      }
    }
  }

  /// Slopes m at the points: h_i m_(i-1) + 2 (h_(i-1) + h_i) m_i + h_(i-1) m_(i+1) =
  /// 3 (h_i c_(i-1) + h_(i-1) c_i), with h the widths and c the chords; the end rows say that the
  /// first two and the last two pieces are one cubic (de Boor, A Practical Guide to Splines, IV).
  private static func notAKnotSlopes(_ x: [Double], _ y: [Double]) -> [Double] {
    let n = x.count - 1
    let h = (0..<n).map { x[$0 + 1] - x[$0] }
    let c = (0..<n).map { (y[$0 + 1] - y[$0]) / h[$0] }
    var diagonal = [Double](repeating: 0, count: n + 1)
    var upper = diagonal
    var known = diagonal
    var lower = diagonal
    diagonal[0] = h[1]
    upper[0] = h[0] + h[1]
    known[0] =
      ((h[0] + 2 * (h[0] + h[1])) * h[1] * c[0] + h[0] * h[0] * c[1]) / (h[0] + h[1])
    for i in 1..<n {
      lower[i] = h[i]
      diagonal[i] = 2 * (h[i - 1] + h[i])
      upper[i] = h[i - 1]
      known[i] = 3 * (h[i] * c[i - 1] + h[i - 1] * c[i])
    }
    let (a, b) = (h[n - 1], h[n - 2])
    diagonal[n] = b
    lower[n] = a + b
    known[n] = (a * a * c[n - 2] + (2 * (a + b) + a) * b * c[n - 1]) / (a + b)
    for i in 1...n {
      let ratio = lower[i] / diagonal[i - 1]
      diagonal[i] -= ratio * upper[i - 1]
      known[i] -= ratio * known[i - 1]
    }
    var slopes = known
    slopes[n] /= diagonal[n]
    for i in stride(from: n - 1, through: 0, by: -1) {
      slopes[i] = (slopes[i] - upper[i] * slopes[i + 1]) / diagonal[i]
    }
    return slopes
  }
}
