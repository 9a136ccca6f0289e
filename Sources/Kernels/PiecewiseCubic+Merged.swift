extension PiecewiseCubic {
  /// The same curve as one piece, where one cubic is all it is (to 1e-12 of its largest value, at
  /// the knots and between); else itself. Diffusivities are often polynomials, and a curve of one
  /// piece needs no look-up, which eight lanes at once pay most for.
  public func merged() -> PiecewiseCubic {
    let count = pieces.count - 1
    guard constant == nil, count > 1 else { return self }
    let (low, span) = (range.lowerBound, range.upperBound - range.lowerBound)
    let nodes = [0.0, 0.25, 0.75, 1.0]
    // Newton's divided differences in units of the span.
    var table = nodes.map { value(at: low + $0 * span) }
    for order in 1..<4 {
      for i in stride(from: 3, through: order, by: -1) {
        table[i] = (table[i] - table[i - 1]) / (nodes[i] - nodes[i - order])
      }
    }
    // Multiplied out about 0: p = t0 + u (t1 + (u - 1/4) (t2 + (u - 3/4) t3)).
    let (a, b) = (nodes[1], nodes[2])
    let linear = table[1] - a * table[2] + a * b * table[3]
    let square = table[2] - (a + b) * table[3]
    let piece = SIMD4(
      table[0], linear / span, square / (span * span), table[3] / (span * span * span))
    var (scale, worst) = (0.0, 0.0)
    for i in 0...(4 * count) {
      let d = span * Double(i) / Double(4 * count)
      let exact = value(at: min(low + d, range.upperBound))
      scale = max(scale, exact.magnitude)
      worst = max(worst, (Self.cubic(piece, d) - exact).magnitude)
    }
    guard worst <= 1e-12 * scale else { return self }
    return PiecewiseCubic(
      knots: [low, range.upperBound], pieces: [piece], equallySpaced: true,
      errorBound: errorBound + worst, constant: nil)
  }

  /// The cubic's coefficients about the start of the range, of a curve that is one piece.
  @inlinable public var singlePiece: SIMD4<Double>? {
    constant == nil && pieces.count == 2 ? pieces[0] : nil
  }
}
