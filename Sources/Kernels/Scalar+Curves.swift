extension Scalar {
  /// A curve at each argument, one after the other.
  @inlinable @inline(__always)
  public static func values(
    of curve: PiecewiseCubic, at x: UnsafePointer<Self>, count: Int,
    into y: UnsafeMutablePointer<Self>
  ) {
    for i in 0..<count { y[i] = value(of: curve, at: x[i]) }
  }
}
