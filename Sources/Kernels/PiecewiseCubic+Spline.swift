extension PiecewiseCubic {
  /// Why a function could not be made into pieces.
  public struct FitError: Error, CustomStringConvertible {
    /// What went wrong and where, in one line.
    public let description: String
  }

  private static let mostIntervals = 1 << 14
  /// Values below this part of the largest one are not held to a relative bound of their own.
  private static let smallest = 0.05

  /// A clamped cubic spline (C2, end slopes exact) through `function` on equally spaced knots,
  /// doubled from 32 until the error measured at seven points of every interval meets `bound`.
  ///
  /// The measured points lie at eighths; the error of a cubic spline is largest near the middle,
  /// so the true maximum is at most a few per cent above the figure kept in `errorBound`.
  ///
  /// - Parameters:
  ///   - function: with its derivative, which is asked for only at the ends.
  ///   - values: the same function without; several times cheaper. nil: from `function`.
  ///   - bound: largest error, in the function's unit.
  ///   - relative: added to it, times the value's magnitude (or a twentieth of the largest
  ///     value's, where that is more).
  /// - Throws: when the bound is not met with 2^14 intervals, or a value is not finite.
  public init(
    spline function: (Dual8) -> Dual8, over range: ClosedRange<Double>, errorBound bound: Double,
    relative: Double = 0, values plain: ((Double) -> Double)? = nil
  ) throws(FitError) {
    func value(_ x: Double) -> Double { plain.map { $0(x) } ?? function(Dual8(x)).value }
    func slope(_ x: Double) -> Double { function(Dual8(x, lane: 0)).partials[0] }
    let ends = (slope(range.lowerBound), slope(range.upperBound))
    guard ends.0.isFinite, ends.1.isFinite else {
      throw FitError(
        description: "slope is not finite at an end of \(range.lowerBound)...\(range.upperBound)")
    }
    var count = 32
    var worst = Double.infinity
    var excess = Double.infinity
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
      let floor = Self.smallest * values.reduce(0) { max($0, $1.magnitude) }
      worst = 0
      excess = 0
      var seen = 0
      // A level that fails is left at its first bad interval; walls stand at the ends, so both are
      // looked at first.
      while seen < count, excess <= 1 {
        let i = seen % 2 == 0 ? seen / 2 : count - 1 - seen / 2
        for eighth in 1...7 {
          let d = h * Double(eighth) / 8
          let exact = value(knots[i] + d)
          let error = (Self.cubic(pieces[i], d) - exact).magnitude
          // A NaN between knots must not pass as a small error.
          guard error.isFinite else {
            throw FitError(description: "value is not finite at \(knots[i] + d)")
          }
          worst = max(worst, error)
          let allowed = max(
            bound + relative * max(exact.magnitude, floor), .leastNormalMagnitude)
          excess = max(excess, error / allowed)
        }
        seen += 1
      }
      if excess <= 1 {
        let flat = pieces.allSatisfy { $0 == SIMD4(values[0], 0, 0, 0) }
        self.init(
          knots: knots, pieces: pieces, equallySpaced: true, errorBound: worst,
          constant: flat ? values[0] : nil)
        return
      }
      // Fourth order: each doubling gains at most a factor of 16. A pole ends here early.
      var reachable = 1.0
      var later = count
      while later < Self.mostIntervals {
        reachable *= 20
        later *= 2
      }
      if excess > reachable { break }
      count *= 2
    }
    throw FitError(
      description: "no spline of \(Self.mostIntervals) intervals is within the bound: error "
        + "\(worst), \(excess) times what is allowed")
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
