extension PiecewiseCubic {
  /// Why a function could not be made into pieces.
  public struct FitError: Error, CustomStringConvertible {
    /// What went wrong and where, in one line.
    public let description: String
  }

  private static let mostIntervals = 1 << 14

  /// A clamped cubic spline (C2, end slopes exact) through `function` on equally spaced knots,
  /// doubled from 32 until the error measured at seven points of every interval meets `bound`.
  ///
  /// The measured points lie at eighths; the error of a cubic spline is largest near the middle,
  /// so the true maximum is at most a few per cent above the figure kept in `errorBound`.
  /// - Throws: when `bound` is not met with 2^14 intervals, or a value is not finite.
  public init(
    spline function: (Dual8) -> Dual8, over range: ClosedRange<Double>, errorBound bound: Double
  ) throws(FitError) {
    func value(_ x: Double) -> Double { function(Dual8(x)).value }
    func slope(_ x: Double) -> Double { function(Dual8(x, lane: 0)).partials[0] }
    let ends = (slope(range.lowerBound), slope(range.upperBound))
    guard ends.0.isFinite, ends.1.isFinite else {
      throw FitError(
        description: "slope is not finite at an end of \(range.lowerBound)...\(range.upperBound)")
    }
    var count = 32
    var worst = Double.infinity
    while count <= Self.mostIntervals {
      let h = (range.upperBound - range.lowerBound) / Double(count)
      let knots = (0...count).map {
        $0 == count ? range.upperBound : range.lowerBound + Double($0) * h
      }
      let values = knots.map(value)
      if let bad = values.firstIndex(where: { !$0.isFinite }) {
        throw FitError(description: "value is not finite at \(knots[bad])")
      }
      let pieces = Self.clamped(values: values, spacing: h, endSlopes: ends)
      worst = 0
      for i in 0..<count {
        for eighth in 1...7 {
          let d = h * Double(eighth) / 8
          let error = (Self.cubic(pieces[i], d).value - value(knots[i] + d)).magnitude
          // A NaN between knots must not pass as a small error.
          worst = error <= worst ? worst : error
          if error.isNaN { throw FitError(description: "value is not finite at \(knots[i] + d)") }
        }
      }
      if worst <= bound {
        let flat = pieces.allSatisfy { $0 == SIMD4(values[0], 0, 0, 0) }
        self.init(
          knots: knots, pieces: pieces, errorBound: worst, constant: flat ? values[0] : nil)
        return
      }
      // Fourth order: each doubling gains at most a factor of 16. A pole ends here early.
      var reachable = bound
      var later = count
      while later < Self.mostIntervals {
        reachable *= 20
        later *= 2
      }
      if worst > reachable { break }
      count *= 2
    }
    throw FitError(
      description:
        "no spline of \(Self.mostIntervals) intervals is within \(bound) (reached \(worst))")
  }

  /// Straight lines between the points of a table, `x` strictly increasing, two points or more.
  public init(table x: [Double], _ y: [Double]) throws(FitError) {
    guard x.count == y.count else {
      throw FitError(description: "table has \(x.count) x and \(y.count) y values")
    }
    guard x.count >= 2 else { throw FitError(description: "table has fewer than two points") }
    for i in x.indices {
      guard x[i].isFinite, y[i].isFinite else {
        throw FitError(description: "table value \(i + 1) is not finite")
      }
      if i > 0, x[i] <= x[i - 1] {
        throw FitError(description: "table x is not increasing at point \(i + 1) (\(x[i]))")
      }
    }
    let pieces = (0..<(x.count - 1)).map { i in
      SIMD4(y[i], (y[i + 1] - y[i]) / (x[i + 1] - x[i]), 0, 0)
    }
    self.init(knots: x, pieces: pieces, errorBound: 0, constant: nil)
  }

  /// Pieces of the spline whose slopes m solve m_(i-1) + 4 m_i + m_(i+1) = 3 (y_(i+1) - y_(i-1)) / h.
  static func clamped(
    values y: [Double], spacing h: Double, endSlopes: (Double, Double)
  ) -> [SIMD4<Double>] {
    let count = y.count - 1
    var slopes = [Double](repeating: 0, count: count + 1)
    slopes[0] = endSlopes.0
    slopes[count] = endSlopes.1
    if count > 1 {
      var ratio = [Double](repeating: 0, count: count + 1)
      for i in 1..<count {
        let right = i == count - 1 ? endSlopes.1 : 0
        let pivot = 4 - (i == 1 ? 0 : ratio[i - 1])
        let known = 3 * (y[i + 1] - y[i - 1]) / h - right
        slopes[i] = (known - slopes[i - 1]) / pivot
        ratio[i] = 1 / pivot
      }
      for i in stride(from: count - 2, through: 1, by: -1) {
        slopes[i] -= ratio[i] * slopes[i + 1]
      }
    }
    return (0..<count).map { i in
      let chord = (y[i + 1] - y[i]) / h
      return SIMD4(
        y[i], slopes[i], (3 * chord - 2 * slopes[i] - slopes[i + 1]) / h,
        (slopes[i] + slopes[i + 1] - 2 * chord) / (h * h))
    }
  }
}
