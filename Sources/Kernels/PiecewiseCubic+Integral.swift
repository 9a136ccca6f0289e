// Goals, in order: 1. the slope at every knot is the integrand there, so that a flux written with
// the integral is the flux written with the function; 2. exact for straight pieces (tables);
// 3. equal knots stay equal.

extension PiecewiseCubic {
  /// The integral from the start of the range, as cubic pieces that have its value and slope at
  /// their knots.
  ///
  /// A cubic integrates to a quartic; each piece is cut so that the difference, h^4/384 times the
  /// third derivative, stays below `errorBound`. Outside the range it is a line, as everywhere.
  ///
  /// - Parameter errorBound: in the integral's unit, above 0.
  public func integral(errorBound: Double) -> PiecewiseCubic {
    if let constant {
      return PiecewiseCubic(
        knots: [0, 1], pieces: [SIMD4(0, constant, 0, 0)], equallySpaced: true, errorBound: 0,
        constant: nil)
    }
    let count = pieces.count - 1
    let lefts = (0...count).map { i -> Double in
      if !knots.isEmpty { return knots[i] }
      return i == count ? range.upperBound : range.lowerBound + Double(i) * width
    }
    var parts = 1
    for i in 0..<count {
      let h = lefts[i + 1] - lefts[i]
      let error = h * h * h * h * 6 * pieces[i][3].magnitude / 384
      while parts < 64, error > errorBound * Double(parts * parts * parts * parts) { parts += 1 }
    }
    var newKnots = [range.lowerBound]
    var newPieces: [SIMD4<Double>] = []
    var sum = 0.0
    var worst = 0.0
    for i in 0..<count {
      let h = (lefts[i + 1] - lefts[i]) / Double(parts)
      let fourth = h * h * h * h * 6 * pieces[i][3].magnitude / 384
      worst = max(worst, fourth)
      for part in 0..<parts {
        let p = Self.expanded(pieces[i], at: Double(part) * h)
        let area = h * (p[0] + h * (p[1] / 2 + h * (p[2] / 3 + h * p[3] / 4)))
        let (left, right, chord) = (p[0], Self.cubic(p, h), area / h)
        newPieces.append(
          SIMD4(
            sum, left, (3 * chord - 2 * left - right) / h, (left + right - 2 * chord) / (h * h)))
        newKnots.append(
          part == parts - 1 ? lefts[i + 1] : lefts[i] + Double(part + 1) * h)
        sum += area
      }
    }
    return PiecewiseCubic(
      knots: newKnots, pieces: newPieces, equallySpaced: knots.isEmpty, errorBound: worst,
      constant: nil)
  }
}
