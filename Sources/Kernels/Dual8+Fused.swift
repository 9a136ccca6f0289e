public import CLanes

extension Dual8 {
  /// a b + c.
  @inlinable @inline(__always)
  public static func multiplyAdd(_ a: Dual8, _ b: Dual8, _ c: Dual8) -> Dual8 {
    Dual8(
      value: lanes_multiply_add(a.value, b.value, c.value),
      partials: lanes8_multiply_add(
        SIMD8(repeating: a.value), b.partials,
        lanes8_multiply_add(SIMD8(repeating: b.value), a.partials, c.partials)))
  }

  /// Means over eight points; see `Scalar`. Values are those of `Double`, to the last bit.
  @inlinable @inline(__always)
  public static func kineticMeans(
    _ r: Dual8, over c: UnsafePointer<Dual8>, weights: SIMD8<Double>
  ) -> (inverseHyperbolicSine: Dual8, logarithm: Dual8) {
    var x = SIMD8<Double>(repeating: 0)
    for k in 0..<8 { x[k] = c[k].value }
    let root = 1 / lanes8_sqrt(x)
    let drive = r.value * root
    let sine = lanes8_asinh(drive)
    let slope = lanes8_asinh_slope(drive)
    let logarithm = lanes8_log(x)
    let inverse = 1 / x
    let bySine = slope * weights
    let byConcentration = bySine * drive * inverse * -0.5
    let byLogarithm = inverse * weights
    var sinePartials = (bySine * root).sum() * r.partials
    var logarithmPartials = SIMD8<Double>(repeating: 0)
    for k in 0..<8 {
      sinePartials += byConcentration[k] * c[k].partials
      logarithmPartials += byLogarithm[k] * c[k].partials
    }
    return (
      Dual8(value: (sine * weights).sum(), partials: sinePartials),
      Dual8(value: (logarithm * weights).sum(), partials: logarithmPartials)
    )
  }
}
