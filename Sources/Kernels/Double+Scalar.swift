public import CLanes

extension Double: ChainedScalar {
  /// Itself.
  @inlinable @inline(__always)
  public var value: Double { self }
  /// The function's value.
  @inlinable @inline(__always)
  public func chained(value: Double, slope: Double) -> Double { value }

  /// a b + c.
  @inlinable @inline(__always)
  public static func multiplyAdd(_ a: Double, _ b: Double, _ c: Double) -> Double {
    lanes_multiply_add(a, b, c)
  }

  /// A curve at each argument; one that is a single cubic without a look-up, eight at a time.
  @inlinable @inline(__always)
  public static func values(
    of curve: PiecewiseCubic, at x: UnsafePointer<Double>, count: Int,
    into y: UnsafeMutablePointer<Double>
  ) {
    let (lower, upper) = (curve.range.lowerBound, curve.range.upperBound)
    if let p = curve.singlePiece, lanes_within(x, count, lower, upper) != 0 {
      lanes_cubic(x, y, count, lower, p[0], p[1], p[2], p[3])
    } else {
      lookUp(curve, x, count, y)
    }
  }

  /// Eight at a time; the last eight overlap where `count` is no multiple.
  @inlinable @inline(__always)
  static func lookUp(
    _ curve: PiecewiseCubic, _ x: UnsafePointer<Double>, _ count: Int,
    _ y: UnsafeMutablePointer<Double>
  ) {
    guard count >= 8, curve.constant == nil else {
      for i in 0..<count { y[i] = curve.value(at: x[i]) }
      return
    }
    // Read before anything is written, for `y` may be `x`.
    let last = UnsafeRawPointer(x + count - 8).loadUnaligned(as: SIMD8<Double>.self)
    for i in stride(from: 0, to: count - 7, by: 8) {
      let here = UnsafeRawPointer(x + i).loadUnaligned(as: SIMD8<Double>.self)
      UnsafeMutableRawPointer(y + i).storeBytes(
        of: curve.values(at: here), as: SIMD8<Double>.self)
    }
    UnsafeMutableRawPointer(y + count - 8).storeBytes(
      of: curve.values(at: last), as: SIMD8<Double>.self)
  }

  /// Means over eight points; see `Scalar`.
  @inlinable @inline(__always)
  public static func kineticMeans(
    _ r: Double, over c: UnsafePointer<Double>, weights: SIMD8<Double>
  ) -> (inverseHyperbolicSine: Double, logarithm: Double) {
    let x = UnsafeRawPointer(c).loadUnaligned(as: SIMD8<Double>.self)
    let sine = lanes8_asinh(r * (1 / lanes8_sqrt(x)))
    let logarithm = lanes8_log(x)
    return ((sine * weights).sum(), (logarithm * weights).sum())
  }
}
