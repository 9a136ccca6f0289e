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
}
