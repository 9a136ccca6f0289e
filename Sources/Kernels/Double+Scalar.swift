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

  /// A curve at each value, eight at a time: the last eight overlap where `count` is no multiple.
  @inlinable @inline(__always)
  public static func values(
    of curve: PiecewiseCubic, at x: UnsafePointer<Double>, count: Int,
    into result: UnsafeMutablePointer<Double>
  ) {
    guard count >= 8 else {
      for i in 0..<count { result[i] = curve.value(at: x[i]) }
      return
    }
    if let constant = curve.constant {
      for i in 0..<count { result[i] = constant }
      return
    }
    // Read before anything is written, for `result` may be `x`.
    let last = UnsafeRawPointer(x + count - 8).loadUnaligned(as: SIMD8<Double>.self)
    for i in stride(from: 0, to: count - 7, by: 8) {
      let here = UnsafeRawPointer(x + i).loadUnaligned(as: SIMD8<Double>.self)
      UnsafeMutableRawPointer(result + i).storeBytes(
        of: curve.values(at: here), as: SIMD8<Double>.self)
    }
    UnsafeMutableRawPointer(result + count - 8).storeBytes(
      of: curve.values(at: last), as: SIMD8<Double>.self)
  }
}
