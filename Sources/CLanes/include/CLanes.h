// Eight doubles side by side in C's vector extensions, for what Swift's SIMD types do lane by lane:
// square roots, selections, shifts of bits and gathers. Inlined into the Swift that calls them and
// compiled for its processor level.
//
// Goals, in order: 1. within 2 units in the last place of the true value wherever a cell model
// goes; 2. no branch; 3. the same bits whichever scalar asks.

#ifndef CLANES_H
#define CLANES_H

#if defined(__AVX512F__) || defined(__AVX2__)
#include <immintrin.h>
#endif

// Eight doubles are two registers without AVX-512, and clang warns that such arguments pass otherwise
// there. None is ever passed: everything here is inlined.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"

typedef double lanes8 __attribute__((ext_vector_type(8)));
typedef long lanes8_bits __attribute__((ext_vector_type(8)));

#define CLANES_INLINE static inline __attribute__((always_inline, unused))

CLANES_INLINE lanes8_bits lanes8_bits_of(lanes8 x) {
  union { lanes8 x; lanes8_bits bits; } u = {x};
  return u.bits;
}

CLANES_INLINE lanes8 lanes8_of_bits(lanes8_bits bits) {
  union { lanes8_bits bits; lanes8 x; } u = {bits};
  return u.x;
}

CLANES_INLINE lanes8 lanes8_select(lanes8_bits mask, lanes8 yes, lanes8 no) {
  return lanes8_of_bits((mask & lanes8_bits_of(yes)) | (~mask & lanes8_bits_of(no)));
}

/// The smaller and the larger; `b` where either is NaN.
CLANES_INLINE lanes8 lanes8_min(lanes8 a, lanes8 b) { return lanes8_select(a < b, a, b); }
CLANES_INLINE lanes8 lanes8_max(lanes8 a, lanes8 b) { return lanes8_select(a > b, a, b); }

CLANES_INLINE lanes8 lanes8_sqrt(lanes8 x) { return __builtin_elementwise_sqrt(x); }

/// a b + c, in one rounding where the processor level has it and in two elsewhere, never by a call.
CLANES_INLINE double lanes_multiply_add(double a, double b, double c) { return a * b + c; }
CLANES_INLINE lanes8 lanes8_multiply_add(lanes8 a, lanes8 b, lanes8 c) { return a * b + c; }

/// Natural logarithm of normal positive numbers; NaN for negative ones and NaN, -infinity for 0.
///
/// x = 2^k m with m in sqrt(1/2)..sqrt(2); ln m by the series of s = (m - 1)/(m + 1) with the
/// minimax coefficients of fdlibm (Sun Microsystems, e_log.c, 1993).
CLANES_INLINE lanes8 lanes8_log(lanes8 x) {
  lanes8_bits bits = lanes8_bits_of(x);
  // Shifted so that the exponent field counts from sqrt(1/2).
  lanes8_bits k = (bits - 0x3FE6A09E667F3BCDL) >> 52;
  lanes8 m = lanes8_of_bits(bits - (k << 52));
  // A small whole number to floating point: it stands in the low bits of 1.5 x 2^52.
  lanes8 e = lanes8_of_bits(k + 0x4338000000000000L) - 0x1.8p52;
  lanes8 f = m - 1.0;
  lanes8 s = f / (f + 2.0);
  lanes8 z = s * s;
  lanes8 w = z * z;
  lanes8 even =
      w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332));
  lanes8 odd = z * (0.6666666666666735130 +
                    w * (0.2857142874366239149 +
                         w * (0.1818357216161805012 + w * 0.1479819860511658591)));
  lanes8 half = 0.5 * f * f;
  lanes8 low = s * (half + (even + odd)) + e * 1.90821492927058770002e-10;
  lanes8 result = e * 6.93147180369123816490e-01 - ((half - low) - f);
  lanes8 zero = (lanes8)0.0;
  lanes8 special = lanes8_select(x == zero, (lanes8)(-__builtin_inf()), (lanes8)__builtin_nan(""));
  return lanes8_select(x > zero, result, special);
}

/// e to the power of x for -700..700; beyond, as at those ends; NaN stays NaN.
///
/// x = k ln 2 + r; e^r by its series to r^13, whose rest is below 2^-55 for |r| <= ln 2 / 2.
CLANES_INLINE lanes8 lanes8_exp(lanes8 x) {
  lanes8 top = (lanes8)700.0;
  lanes8 a = lanes8_select(x > top, top, lanes8_select(x < -top, -top, x));
  lanes8 shifted = a * 1.44269504088896340736 + 0x1.8p52;
  lanes8 k = shifted - 0x1.8p52;
  lanes8 r = (a - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
  lanes8 p = (lanes8)(1.0 / 6227020800.0);
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  lanes8 e = 1.0 + (r + r * r * p);
  lanes8 scale = lanes8_of_bits((lanes8_bits_of(shifted) + 1023) << 52);
  return lanes8_select(x == x, e * scale, x);
}

/// Inverse hyperbolic sine, odd to the last bit, relative error 1e-14.
///
/// Below 0.02 by its series (the next term is 1e-15), because the logarithm loses digits there.
/// From 2^28 on asinh(x) = ln(2x) to rounding, and the square would overflow later.
CLANES_INLINE lanes8 lanes8_asinh(lanes8 x) {
  lanes8 a = lanes8_of_bits(lanes8_bits_of(x) & 0x7FFFFFFFFFFFFFFFL);
  lanes8_bits sign = lanes8_bits_of(x) & (long)0x8000000000000000UL;
  lanes8 square = a * a;
  lanes8 root = lanes8_sqrt(square + 1.0);
  lanes8 series =
      a * (1.0 + square * (-1.0 / 6.0 + square * (3.0 / 40.0 - square * (15.0 / 336.0))));
  lanes8_bits large = a > (lanes8)0x1p28;
  lanes8 y = lanes8_log(lanes8_select(large, a + a, a + root));
  y = lanes8_select(a < (lanes8)0.02, series, y);
  return lanes8_of_bits(lanes8_bits_of(y) | sign);
}

/// Its slope, 1 / sqrt(1 + x^2).
CLANES_INLINE lanes8 lanes8_asinh_slope(lanes8 x) {
  lanes8 a = lanes8_of_bits(lanes8_bits_of(x) & 0x7FFFFFFFFFFFFFFFL);
  return 1.0 / lanes8_select(a > (lanes8)0x1p28, a, lanes8_sqrt(a * a + 1.0));
}

/// base[4 index + component]; index 0 or above.
CLANES_INLINE lanes8 lanes8_gather(const double *base, lanes8_bits index, int component) {
#if defined(__AVX512F__)
  return (lanes8)_mm512_i64gather_pd((__m512i)(index << 2), base + component, 8);
#else
  lanes8 result;
  for (int lane = 0; lane < 8; ++lane) result[lane] = base[4 * index[lane] + component];
  return result;
#endif
}

/// Whether all of x are in lower...upper; NaN is not.
CLANES_INLINE int lanes_within(const double *x, long count, double lower, double upper) {
  lanes8_bits inside = (lanes8_bits)(-1L);
  long i = 0;
  for (; i + 8 <= count; i += 8) {
    lanes8 v;
    __builtin_memcpy(&v, x + i, sizeof v);
    inside &= (v >= lower) & (v <= upper);
  }
  long all = -1;
  for (int lane = 0; lane < 8; ++lane) all &= inside[lane];
  for (; i < count; ++i) all &= -(long)((x[i] >= lower) & (x[i] <= upper));
  return all != 0;
}

/// y = a + d b + d^2 (c + d e) with d = x - origin; y may be x. Nothing is fused, so that the bits
/// are those of a single value's.
CLANES_INLINE void lanes_cubic(
    const double *x, double *y, long count, double origin, double a, double b, double c, double e) {
#pragma STDC FP_CONTRACT OFF
  long i = 0;
  for (; i + 8 <= count; i += 8) {
    lanes8 v;
    __builtin_memcpy(&v, x + i, sizeof v);
    lanes8 d = v - origin;
    v = (a + d * b) + d * d * (c + d * e);
    __builtin_memcpy(y + i, &v, sizeof v);
  }
  for (; i < count; ++i) {
    double d = x[i] - origin;
    y[i] = (a + d * b) + d * d * (c + d * e);
  }
}

#pragma clang diagnostic pop

#endif
