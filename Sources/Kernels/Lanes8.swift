/// Eight numbers side by side: eight cells, parameter sets or particles of a filter at once.
///
/// Every operation is the scalar one in each lane; lanes never mix.
@frozen
public struct Lanes8: Scalar {
  /// The numbers.
  public var lanes: SIMD8<Double>

  /// The same number in all lanes.
  @inlinable @inline(__always)
  public init(_ constant: Double) { lanes = SIMD8(repeating: constant) }

  /// Eight numbers.
  @inlinable @inline(__always)
  public init(_ lanes: SIMD8<Double>) { self.lanes = lanes }

  /// Zero in all lanes.
  @inlinable @inline(__always)
  public var isZero: Bool { all(lanes .== SIMD8(repeating: 0)) }

  /// Sum.
  @inlinable @inline(__always)
  public static func + (a: Lanes8, b: Lanes8) -> Lanes8 { Lanes8(a.lanes + b.lanes) }
  /// Difference.
  @inlinable @inline(__always)
  public static func - (a: Lanes8, b: Lanes8) -> Lanes8 { Lanes8(a.lanes - b.lanes) }
  /// Product.
  @inlinable @inline(__always)
  public static func * (a: Lanes8, b: Lanes8) -> Lanes8 { Lanes8(a.lanes * b.lanes) }
  /// Quotient.
  @inlinable @inline(__always)
  public static func / (a: Lanes8, b: Lanes8) -> Lanes8 { Lanes8(a.lanes / b.lanes) }
  /// Sum with a constant.
  @inlinable @inline(__always)
  public static func + (a: Lanes8, b: Double) -> Lanes8 { Lanes8(a.lanes + b) }
  /// Difference from a constant.
  @inlinable @inline(__always)
  public static func - (a: Lanes8, b: Double) -> Lanes8 { Lanes8(a.lanes - b) }
  /// Product with a constant.
  @inlinable @inline(__always)
  public static func * (a: Lanes8, b: Double) -> Lanes8 { Lanes8(a.lanes * b) }
  /// Negation.
  @inlinable @inline(__always)
  public static prefix func - (a: Lanes8) -> Lanes8 { Lanes8(-a.lanes) }
}
