// Goals, in order: 1. exact for diagonally dominant systems without pivoting; 2. one division a
// row, and none in a second solve with the same matrix; 3. no allocation, any scalar.

/// Thomas' algorithm for symmetric tridiagonal systems, factored once and solved often.
///
/// The matrix has diagonal d_i and off-diagonal -e_i between rows i and i + 1, as every
/// finite-volume diffusion operator in capacity form has. Without pivoting: callers promise
/// diagonal dominance.
@frozen
public enum Tridiagonal {
  /// Factors in place.
  ///
  /// - Parameters:
  ///   - diagonal: d_i on entry, 1 / pivot on return; `count` values.
  ///   - coupling: e_i, the negated off-diagonal; `count - 1` values, kept.
  ///   - ratio: e_i / pivot on return; `count - 1` values.
  ///   - count: rows, at least 1.
  @inlinable @inline(__always)
  public static func factor<S: Scalar>(
    diagonal: UnsafeMutablePointer<S>, coupling: UnsafePointer<S>, ratio: UnsafeMutablePointer<S>,
    count: Int
  ) {
    var pivot = S.reciprocal(diagonal[0])
    diagonal[0] = pivot
    for i in 1..<max(count, 1) {
      let r = coupling[i - 1] * pivot
      ratio[i - 1] = r
      pivot = S.reciprocal(diagonal[i] - coupling[i - 1] * r)
      diagonal[i] = pivot
    }
  }

  /// Solves for one right-hand side in place, after `factor`.
  @inlinable @inline(__always)
  public static func solve<S: Scalar>(
    pivots: UnsafePointer<S>, ratio: UnsafePointer<S>, coupling: UnsafePointer<S>,
    rightHandSide x: UnsafeMutablePointer<S>, count: Int
  ) {
    var previous = x[0] * pivots[0]
    x[0] = previous
    for i in 1..<max(count, 1) {
      previous = (x[i] + coupling[i - 1] * previous) * pivots[i]
      x[i] = previous
    }
    var i = count - 2
    while i >= 0 {
      previous = x[i] + ratio[i] * previous
      x[i] = previous
      i -= 1
    }
  }
}
