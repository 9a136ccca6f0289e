/// Eight numbers that go through the same arithmetic at once: one AVX-512 register, or two of AVX2.
public typealias Lane = SIMD8<Double>

extension SIMD8 where Scalar == Double {
  /// Natural logarithm of positive, normal numbers; error below 1.5 ulp (law `logarithm`).
  ///
  /// x = 2^e m with m in [sqrt(1/2), sqrt(2)); ln m = 2 artanh(f), f = (m - 1)/(m + 1), by its odd
  /// series to f^21, whose remainder is below 1e-17 for |f| < 0.1716.
  @inlinable @inline(__always)
  package static func logarithm(_ x: Lane) -> Lane {
    let bits = unsafeBitCast(x, to: SIMD8<UInt64>.self)
    // Adding the distance from sqrt(1/2) to 1 in bits moves the split of mantissas to sqrt(1/2).
    let shifted = bits &+ SIMD8<UInt64>(repeating: 0x0009_5F61_9980_C433)
    let exponent = shifted &>> 52
    let mantissa =
      (shifted & SIMD8<UInt64>(repeating: 0x000F_FFFF_FFFF_FFFF))
      &+ SIMD8<UInt64>(repeating: 0x3FE6_A09E_667F_3BCD)
    let m = unsafeBitCast(mantissa, to: Lane.self)
    // An integer below 2^52 becomes a Double by the mantissa of 2^52.
    let e =
      unsafeBitCast(exponent | SIMD8<UInt64>(repeating: 0x4330_0000_0000_0000), to: Lane.self)
      - (0x1p52 + 1023)
    let f = (m - 1) / (m + 1)
    let s = f * f
    var p = Lane(repeating: 2.0 / 21)
    p = p * s + 2.0 / 19
    p = p * s + 2.0 / 17
    p = p * s + 2.0 / 15
    p = p * s + 2.0 / 13
    p = p * s + 2.0 / 11
    p = p * s + 2.0 / 9
    p = p * s + 2.0 / 7
    p = p * s + 2.0 / 5
    p = p * s + 2.0 / 3
    let tail = f * (s * p)
    // ln 2 in two parts, the first with 32 zero bits at its end, so that e times it is exact.
    return e * 6.93147180369123816490e-01 + (2 * f + (tail + e * 1.90821492927058770002e-10))
  }

  /// Inverse hyperbolic sine; relative error below 1e-14, odd to the last bit.
  ///
  /// Series below 0.02 for the same reason as `Scalar.inverseHyperbolicSine`; arguments up to 1e150.
  @inlinable @inline(__always)
  package static func inverseHyperbolicSine(_ x: Lane, root: Lane) -> Lane {
    let sign = unsafeBitCast(x, to: SIMD8<UInt64>.self) & SIMD8<UInt64>(repeating: 1 << 63)
    let a = unsafeBitCast(
      unsafeBitCast(x, to: SIMD8<UInt64>.self) & SIMD8<UInt64>(repeating: ~(1 << 63)), to: Lane.self)
    let square = a * a
    var series = square * (-15.0 / 336) + 3.0 / 40
    series = square * series - 1.0 / 6
    series = a + a * (square * series)
    let long = logarithm(a + root)
    let y = long.replacing(with: series, where: a .< 0.02)
    return unsafeBitCast(unsafeBitCast(y, to: SIMD8<UInt64>.self) | sign, to: Lane.self)
  }
}
