extension Double: Scalar {
  /// Itself.
  @inlinable @inline(__always)
  public var value: Double { self }
  /// The function's value.
  @inlinable @inline(__always)
  public func chained(value: Double, slope: Double) -> Double { value }
}
