/// A number and its derivatives in eight directions at once (forward differentiation).
///
/// a + b e_1 + ... + i e_8 with e_i e_j = 0: exact derivatives to rounding, no step size.
@frozen
public struct Dual8: ChainedScalar {
  /// The number.
  public var value: Double
  /// Its derivatives along the eight seeded directions.
  public var partials: SIMD8<Double>

  /// A constant.
  @inlinable @inline(__always)
  public init(_ constant: Double) {
    value = constant
    partials = SIMD8(repeating: 0)
  }

  /// A number with given derivatives.
  @inlinable @inline(__always)
  public init(value: Double, partials: SIMD8<Double>) {
    self.value = value
    self.partials = partials
  }

  /// A variable: derivative 1 along direction `lane` (0...7), 0 along the others.
  @inlinable
  public init(_ variable: Double, lane: Int) {
    self.init(variable)
    partials[lane] = 1
  }

  /// f(self), given f and df/dx at `self.value`.
  @inlinable @inline(__always)
  public func chained(value: Double, slope: Double) -> Dual8 {
    Dual8(value: value, partials: slope * partials)
  }

  /// Sum.
  @inlinable @inline(__always)
  public static func + (a: Dual8, b: Dual8) -> Dual8 {
    Dual8(value: a.value + b.value, partials: a.partials + b.partials)
  }
  /// Difference.
  @inlinable @inline(__always)
  public static func - (a: Dual8, b: Dual8) -> Dual8 {
    Dual8(value: a.value - b.value, partials: a.partials - b.partials)
  }
  /// Product.
  @inlinable @inline(__always)
  public static func * (a: Dual8, b: Dual8) -> Dual8 {
    Dual8(value: a.value * b.value, partials: a.value * b.partials + b.value * a.partials)
  }
  /// Quotient.
  @inlinable @inline(__always)
  public static func / (a: Dual8, b: Dual8) -> Dual8 {
    // The quotient itself, not a times 1/b: the value must equal `Double`'s to the last bit.
    let q = a.value / b.value
    return Dual8(value: q, partials: (1 / b.value) * (a.partials - q * b.partials))
  }
  /// Sum with a constant.
  @inlinable @inline(__always)
  public static func + (a: Dual8, b: Double) -> Dual8 {
    Dual8(value: a.value + b, partials: a.partials)
  }
  /// Difference from a constant.
  @inlinable @inline(__always)
  public static func - (a: Dual8, b: Double) -> Dual8 {
    Dual8(value: a.value - b, partials: a.partials)
  }
  /// Product with a constant.
  @inlinable @inline(__always)
  public static func * (a: Dual8, b: Double) -> Dual8 {
    Dual8(value: a.value * b, partials: b * a.partials)
  }
  /// Negation.
  @inlinable @inline(__always)
  public static prefix func - (a: Dual8) -> Dual8 {
    Dual8(value: -a.value, partials: -a.partials)
  }
}
