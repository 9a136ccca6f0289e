/// A number that the kernels compute with: `Double`, a dual number that carries derivatives, or
/// eight numbers side by side.
public protocol Scalar: Sendable {
  /// A constant: its derivatives are zero, all its lanes the same.
  init(_ constant: Double)
  /// Zero in every lane; derivatives do not count.
  var isZero: Bool { get }

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

  /// a b + c, in one rounding where the processor level has it; the same bits in every scalar.
  static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self
  /// 1 / x.
  static func reciprocal(_ x: Self) -> Self
  /// e to the power of x.
  static func exponential(_ x: Self) -> Self
  /// Natural logarithm.
  static func logarithm(_ x: Self) -> Self
  /// Square root.
  static func squareRoot(_ x: Self) -> Self
  /// 1 / sqrt(x).
  static func reciprocalSquareRoot(_ x: Self) -> Self
  /// Hyperbolic tangent.
  static func hyperbolicTangent(_ x: Self) -> Self
  /// Hyperbolic cosine.
  static func hyperbolicCosine(_ x: Self) -> Self
  /// Inverse hyperbolic sine, ln(x + sqrt(x^2 + 1)), odd to the last bit.
  static func inverseHyperbolicSine(_ x: Self) -> Self
  /// x to a constant power.
  static func power(_ x: Self, _ exponent: Double) -> Self
  /// The overpotential, in units of RT/F, at r times the exchange current; see `ButlerVolmer`.
  static func overpotential(_ r: Self, anodic: Double, cathodic: Double) -> Self
  /// A curve at x.
  static func value(of curve: PiecewiseCubic, at x: Self) -> Self
  /// Means of asinh(r / sqrt(c_k)) and of ln(c_k) over eight points with `weights`: what
  /// kinetics averaged over an electrode consists of.
  ///
  /// - Parameter c: eight values above 0.
  static func kineticMeans(
    _ r: Self, over c: UnsafePointer<Self>, weights: SIMD8<Double>
  ) -> (inverseHyperbolicSine: Self, logarithm: Self)
}
