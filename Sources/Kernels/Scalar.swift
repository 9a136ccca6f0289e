/// A number that the kernels compute with: `Double`, or a dual number that carries derivatives.
///
/// Every elementary function follows from `chained(value:slope:)`, so a conformer only states how
/// a derivative travels through a function of one argument.
public protocol Scalar: Sendable {
  /// A constant: its derivatives are zero.
  init(_ constant: Double)
  /// The plain number, without derivatives.
  var value: Double { get }
  /// f(self), given f and df/dx at `self.value`.
  func chained(value: Double, slope: Double) -> Self

  /// Sum.
  static func + (a: Self, b: Self) -> Self
  /// Difference.
  static func - (a: Self, b: Self) -> Self
  /// Product.
  static func * (a: Self, b: Self) -> Self
  /// Quotient.
  static func / (a: Self, b: Self) -> Self
  /// Sum with a constant.
  static func + (a: Self, b: Double) -> Self
  /// Difference from a constant.
  static func - (a: Self, b: Double) -> Self
  /// Product with a constant.
  static func * (a: Self, b: Double) -> Self
  /// Negation.
  static prefix func - (a: Self) -> Self
}
