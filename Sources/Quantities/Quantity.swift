/// A number with a unit, at a boundary. Kernels take the bare `value`.
///
/// Current is positive when it charges the cell, everywhere.
public protocol Quantity: Comparable, Hashable, Sendable, CustomStringConvertible {
  /// The magnitude in the unit named by `symbol`.
  var value: Double { get }
  /// Wraps a magnitude given in the unit named by `symbol`.
  init(_ value: Double)
  /// The unit as a person writes it.
  static var symbol: String { get }
}

extension Quantity {
  /// Zero of this unit.
  public static var zero: Self { Self(0) }
  /// Orders by magnitude.
  public static func < (a: Self, b: Self) -> Bool { a.value < b.value }
  /// Sum.
  public static func + (a: Self, b: Self) -> Self { Self(a.value + b.value) }
  /// Difference.
  public static func - (a: Self, b: Self) -> Self { Self(a.value - b.value) }
  /// Negation.
  public static prefix func - (a: Self) -> Self { Self(-a.value) }
  /// Scaling by a pure number.
  public static func * (a: Self, factor: Double) -> Self { Self(a.value * factor) }
  /// Ratio of two magnitudes.
  public static func / (a: Self, b: Self) -> Double { a.value / b.value }
  /// The magnitude without sign.
  public var magnitude: Self { Self(abs(value)) }
  /// True for anything but NaN and infinity.
  public var isFinite: Bool { value.isFinite }
  /// Magnitude and unit, as in `4.2 V`.
  public var description: String { "\(value) \(Self.symbol)" }
}
