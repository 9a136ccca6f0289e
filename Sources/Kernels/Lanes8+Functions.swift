public import CLanes
public import RealModule

extension Lanes8 {
  /// a b + c.
  @inlinable @inline(__always)
  public static func multiplyAdd(_ a: Lanes8, _ b: Lanes8, _ c: Lanes8) -> Lanes8 {
    Lanes8(lanes8_multiply_add(a.lanes, b.lanes, c.lanes))
  }

  /// 1 / x.
  @inlinable @inline(__always)
  public static func reciprocal(_ x: Lanes8) -> Lanes8 { Lanes8(1 / x.lanes) }

  /// e to the power of x.
  @inlinable @inline(__always)
  public static func exponential(_ x: Lanes8) -> Lanes8 {
    Lanes8(lanes8_exp(x.lanes))
  }

  /// Natural logarithm.
  @inlinable @inline(__always)
  public static func logarithm(_ x: Lanes8) -> Lanes8 { Lanes8(lanes8_log(x.lanes)) }

  /// Square root.
  @inlinable @inline(__always)
  public static func squareRoot(_ x: Lanes8) -> Lanes8 { Lanes8(lanes8_sqrt(x.lanes)) }

  /// 1 / sqrt(x).
  @inlinable @inline(__always)
  public static func reciprocalSquareRoot(_ x: Lanes8) -> Lanes8 {
    Lanes8(1 / lanes8_sqrt(x.lanes))
  }

  /// Hyperbolic tangent; lane by lane, the models do not use it.
  @inlinable
  public static func hyperbolicTangent(_ x: Lanes8) -> Lanes8 { each(x) { Double.tanh($0) } }

  /// Hyperbolic cosine; lane by lane, the models do not use it.
  @inlinable
  public static func hyperbolicCosine(_ x: Lanes8) -> Lanes8 { each(x) { Double.cosh($0) } }

  /// Inverse hyperbolic sine.
  @inlinable @inline(__always)
  public static func inverseHyperbolicSine(_ x: Lanes8) -> Lanes8 {
    return Lanes8(lanes8_asinh(x.lanes))
  }

  /// x to a constant power, lane by lane.
  @inlinable
  public static func power(_ x: Lanes8, _ exponent: Double) -> Lanes8 {
    each(x) { Double.realPower($0, exponent) }
  }

  /// The overpotential, lane by lane; see `ButlerVolmer`.
  @inlinable
  public static func overpotential(_ r: Lanes8, anodic: Double, cathodic: Double) -> Lanes8 {
    each(r) { ButlerVolmer.overpotential($0, anodic: anodic, cathodic: cathodic) }
  }

  /// A curve at x.
  @inlinable @inline(__always)
  public static func value(of curve: PiecewiseCubic, at x: Lanes8) -> Lanes8 {
    if let constant = curve.constant { return Lanes8(constant) }
    return Lanes8(curve.values(at: x.lanes))
  }

  /// Means over eight points; see `Scalar`.
  @inlinable @inline(__always)
  public static func kineticMeans(
    _ r: Lanes8, over c: UnsafePointer<Lanes8>, weights: SIMD8<Double>
  ) -> (inverseHyperbolicSine: Lanes8, logarithm: Lanes8) {
    var (sine, logarithm) = (SIMD8<Double>(repeating: 0), SIMD8<Double>(repeating: 0))
    for k in 0..<8 {
      let x = c[k].lanes
      let drive = r.lanes * (1 / lanes8_sqrt(x))
      sine += lanes8_asinh(drive) * weights[k]
      logarithm += lanes8_log(x) * weights[k]
    }
    return (Lanes8(sine), Lanes8(logarithm))
  }

  /// The smaller of each lane; `b` where either is NaN.
  @inlinable @inline(__always)
  public static func minimum(_ a: Lanes8, _ b: Lanes8) -> Lanes8 {
    Lanes8(lanes8_min(a.lanes, b.lanes))
  }

  /// The larger of each lane; `b` where either is NaN.
  @inlinable @inline(__always)
  public static func maximum(_ a: Lanes8, _ b: Lanes8) -> Lanes8 {
    Lanes8(lanes8_max(a.lanes, b.lanes))
  }

  /// `a` in the lanes of `mask`, else `b`.
  @inlinable @inline(__always)
  public static func select(
    _ mask: SIMDMask<SIMD8<Int64>>, _ a: Lanes8, _ b: Lanes8
  ) -> Lanes8 {
    Lanes8(lanes8_select(unsafeBitCast(mask, to: SIMD8<Int>.self), a.lanes, b.lanes))
  }

  @inlinable @inline(__always)
  static func each(_ x: Lanes8, _ function: (Double) -> Double) -> Lanes8 {
    var result = x
    for lane in 0..<8 { result.lanes[lane] = function(x.lanes[lane]) }
    return result
  }
}
