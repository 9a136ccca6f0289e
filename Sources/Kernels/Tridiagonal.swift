// Goals, in order: 1. exact for diagonally dominant systems without pivoting; 2. short chains of
// dependent operations, which is what the time goes into: elimination runs from both ends to the
// middle; one division a row, none in a second solve; 3. no allocation, any scalar.

/// Symmetric tridiagonal systems, factored once and solved often.
///
/// The matrix has diagonal d_i and off-diagonal -e_i between rows i and i + 1, as every
/// finite-volume diffusion operator in capacity form has. Without pivoting: callers promise
/// diagonal dominance. Elimination from both ends ("burn at both ends") costs what Thomas'
/// algorithm costs and has half its latency.
@frozen
public enum Tridiagonal {
  /// Factors in place.
  ///
  /// - Parameters:
  ///   - diagonal: d_i on entry, 1 / pivot on return; `count` values.
  ///   - coupling: e_i, the negated off-diagonal; `count - 1` values, kept.
  ///   - ratio: e_i / pivot of the row eliminated across i; `count - 1` values.
  ///   - count: rows, at least 1.
  @inlinable @inline(__always)
  public static func factor<S: Scalar>(
    diagonal d: UnsafeMutablePointer<S>, coupling e: UnsafePointer<S>,
    ratio: UnsafeMutablePointer<S>, count: Int
  ) {
    // Rows 0 ..< middle go down, rows above the middle go up; above and below are equally many
    // or one more goes down.
    let middle = count / 2
    var up = count - 1
    for down in 0..<middle {
      let inverse = S.reciprocal(d[down])
      let r = e[down] * inverse
      d[down] = inverse
      ratio[down] = r
      d[down + 1] = S.multiplyAdd(-e[down], r, d[down + 1])
      if up > middle {
        let inverse = S.reciprocal(d[up])
        let r = e[up - 1] * inverse
        d[up] = inverse
        ratio[up - 1] = r
        d[up - 1] = S.multiplyAdd(-e[up - 1], r, d[up - 1])
        up -= 1
      }
    }
    d[middle] = S.reciprocal(d[middle])
  }

  /// Solves for one right-hand side in place, after `factor`.
  @inlinable @inline(__always)
  public static func solve<S: Scalar>(
    pivots: UnsafePointer<S>, ratio: UnsafePointer<S>, coupling e: UnsafePointer<S>,
    rightHandSide x: UnsafeMutablePointer<S>, count: Int
  ) {
    let middle = count / 2
    let rising = count - 1 - middle
    if middle > 0 {
      // Both sweeps in one loop: their chains do not depend on each other.
      var low = x[0] * pivots[0]
      x[0] = low
      var high = S(0)
      if rising > 0 {
        high = x[count - 1] * pivots[count - 1]
        x[count - 1] = high
      }
      for k in 1..<max(middle, 1) {
        low = S.multiplyAdd(e[k - 1], low, x[k]) * pivots[k]
        x[k] = low
        if k < rising {
          let i = count - 1 - k
          high = S.multiplyAdd(e[i], high, x[i]) * pivots[i]
          x[i] = high
        }
      }
      var right = x[middle] + e[middle - 1] * low
      if rising > 0 { right += e[middle] * high }
      x[middle] = right * pivots[middle]
    } else {
      x[0] = x[0] * pivots[0]
    }
    var low = x[middle]
    var high = low
    for k in 1..<(middle + 1) {
      let i = middle - k
      low = S.multiplyAdd(ratio[i], low, x[i])
      x[i] = low
      if k <= rising {
        let j = middle + k
        high = S.multiplyAdd(ratio[j - 1], high, x[j])
        x[j] = high
      }
    }
  }
}
