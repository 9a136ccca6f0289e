/// A number with one value, and perhaps derivatives: every elementary function follows from
/// `chained(value:slope:)`, so a conformer only states how a derivative travels through a
/// function of one argument.
public protocol ChainedScalar: Scalar {
  /// The plain number, without derivatives.
  var value: Double { get }
  /// f(self), given f and df/dx at `self.value`.
  func chained(value: Double, slope: Double) -> Self
}

extension ChainedScalar {
  /// Zero; derivatives do not count.
  @inlinable @inline(__always)
  public var isZero: Bool { value == 0 }
}
