public import RealModule

extension ChainedScalar {
  /// 1 / x.
  @inlinable @inline(__always)
  public static func reciprocal(_ x: Self) -> Self {
    let r = 1 / x.value
    return x.chained(value: r, slope: -r * r)
  }

  /// e to the power of x.
  @inlinable @inline(__always)
  public static func exponential(_ x: Self) -> Self {
    let e = Double.exp(x.value)
    return x.chained(value: e, slope: e)
  }

  /// Natural logarithm.
  @inlinable @inline(__always)
  public static func logarithm(_ x: Self) -> Self {
    x.chained(value: Double.log(x.value), slope: 1 / x.value)
  }

  /// Square root.
  @inlinable @inline(__always)
  public static func squareRoot(_ x: Self) -> Self {
    let s = x.value.squareRoot()
    return x.chained(value: s, slope: 0.5 / s)
  }

  /// Hyperbolic tangent.
  @inlinable @inline(__always)
  public static func hyperbolicTangent(_ x: Self) -> Self {
    let t = Double.tanh(x.value)
    return x.chained(value: t, slope: 1 - t * t)
  }

  /// Hyperbolic cosine.
  @inlinable @inline(__always)
  public static func hyperbolicCosine(_ x: Self) -> Self {
    x.chained(value: Double.cosh(x.value), slope: Double.sinh(x.value))
  }

  /// 1 / sqrt(x).
  @inlinable @inline(__always)
  public static func reciprocalSquareRoot(_ x: Self) -> Self {
    let r = 1 / x.value.squareRoot()
    return x.chained(value: r, slope: -0.5 * r / x.value)
  }

  /// Inverse hyperbolic sine, ln(x + sqrt(x^2 + 1)), odd to the last bit, relative error 1e-14.
  ///
  /// Below 0.02 by its series (the next term is 1e-15), because the logarithm loses digits there;
  /// glibc's asinh and log1p are three times as slow and the kinetics come here in every cell.
  @inlinable @inline(__always)
  public static func inverseHyperbolicSine(_ x: Self) -> Self {
    let a = x.value.magnitude
    let square = a * a
    let y: Double
    let slope: Double
    if a < 0.02 {
      y = a * (1 + square * (-1 / 6 + square * (3 / 40 - square * (15 / 336))))
      slope = 1 / (square + 1).squareRoot()
    } else if a < 0x1p28 {
      let root = (square + 1).squareRoot()
      y = Double.log(a + root)
      slope = 1 / root
    } else {
      // The square overflows the digits: asinh(a) = ln(2a) to rounding.
      y = Double.log(a) + 0.693147180559945309417
      slope = 1 / a
    }
    return x.chained(value: x.value < 0 ? -y : y, slope: slope)
  }

  /// x to a constant power; the slope at 0 is the one-sided limit.
  @inlinable
  public static func power(_ x: Self, _ exponent: Double) -> Self {
    if exponent == 0 { return Self(1) }
    let slope = exponent * realPower(x.value, exponent - 1)
    return x.chained(value: realPower(x.value, exponent), slope: slope)
  }

  /// x to a whole power is defined for negative x too; any other power of it is NaN.
  @inlinable
  static func realPower(_ x: Double, _ exponent: Double) -> Double {
    if let whole = Int(exactly: exponent) { return Double.pow(x, whole) }
    return Double.pow(x, exponent)
  }

  /// The overpotential, in units of RT/F, at r times the exchange current; see `ButlerVolmer`.
  @inlinable
  public static func overpotential(_ r: Self, anodic: Double, cathodic: Double) -> Self {
    let u = ButlerVolmer.overpotential(r.value, anodic: anodic, cathodic: cathodic)
    return r.chained(
      value: u, slope: ButlerVolmer.slope(at: u, anodic: anodic, cathodic: cathodic))
  }

  /// A curve with derivatives carried through.
  @inlinable @inline(__always)
  public static func value(of curve: PiecewiseCubic, at x: Self) -> Self {
    let (value, slope) = curve.valueAndSlope(at: x.value)
    return x.chained(value: value, slope: slope)
  }
}
