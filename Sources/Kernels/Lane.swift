public import CLanes

/// Eight numbers that go through the same arithmetic at once: one AVX-512 register, or two of AVX2.
public typealias Lane = SIMD8<Double>

extension SIMD8 where Scalar == Double {
  /// Natural logarithm of positive numbers; error below 2 ulp.
  @inlinable @inline(__always)
  package static func logarithm(_ x: Lane) -> Lane { lanes8_log(x) }

  /// Inverse hyperbolic sine; odd, error below 2 ulp.
  @inlinable @inline(__always)
  package static func inverseHyperbolicSine(_ x: Lane) -> Lane { lanes8_asinh(x) }

  /// Square root (the standard library's goes lane by lane).
  @inlinable @inline(__always)
  package static func root(_ x: Lane) -> Lane { lanes8_sqrt(x) }

  /// The larger of each pair; `b` where either is not a number.
  @inlinable @inline(__always)
  package static func larger(_ a: Lane, _ b: Lane) -> Lane { lanes8_max(a, b) }

  /// The smaller of each pair; `b` where either is not a number.
  @inlinable @inline(__always)
  package static func smaller(_ a: Lane, _ b: Lane) -> Lane { lanes8_min(a, b) }

  /// |x|.
  @inlinable @inline(__always)
  package static func magnitude(_ x: Lane) -> Lane {
    unsafeBitCast(
      unsafeBitCast(x, to: SIMD8<UInt64>.self) & SIMD8<UInt64>(repeating: ~(1 << 63)),
      to: Lane.self)
  }
}
