extension Scalar {
  /// Sum with a constant.
  @inlinable @inline(__always)
  public static func + (a: Double, b: Self) -> Self { b + a }
  /// Difference of a constant and `b`.
  @inlinable @inline(__always)
  public static func - (a: Double, b: Self) -> Self { -b + a }
  /// Product with a constant.
  @inlinable @inline(__always)
  public static func * (a: Double, b: Self) -> Self { b * a }
  /// Quotient by a constant.
  @inlinable @inline(__always)
  public static func / (a: Self, b: Double) -> Self { a * (1 / b) }
  /// Adds in place.
  @inlinable @inline(__always)
  public static func += (a: inout Self, b: Self) { a = a + b }
  /// Subtracts in place.
  @inlinable @inline(__always)
  public static func -= (a: inout Self, b: Self) { a = a - b }
}
