// Goals, in order: 1. the result is symmetric to the last bit; 2. speed: contiguous rows only, so
// that the inner loop vectorises, and exact zeros of F are skipped (an SPMe's F is nearly
// block-diagonal); 3. no allocation.

/// P+ = F P F^T + Q for row-major matrices, with scratch of its own.
public final class CovariancePropagation {
  /// Rows and columns.
  public let count: Int
  private let product: UnsafeMutablePointer<Double>
  private let transposed: UnsafeMutablePointer<Double>

  /// Scratch for matrices of `count` rows.
  public init(count: Int) {
    self.count = count
    product = .allocate(capacity: max(1, count * count))
    transposed = .allocate(capacity: max(1, count * count))
  }

  deinit {
    product.deallocate()
    transposed.deallocate()
  }

  /// Replaces P by F P F^T + diag(q).
  ///
  /// - Parameters:
  ///   - p: symmetric, `count` x `count`, row-major.
  ///   - f: `count` x `count`, row-major.
  ///   - q: `count` variances added to the diagonal.
  public func propagate(
    _ p: UnsafeMutablePointer<Double>, through f: UnsafePointer<Double>,
    addingDiagonal q: UnsafePointer<Double>
  ) {
    let n = count
    Self.multiply(f, p, into: product, n)
    for i in 0..<n {
      for j in 0..<n { transposed[j * n + i] = product[i * n + j] }
    }
    // F (F P)^T = F P F^T, because P is symmetric.
    Self.multiply(f, transposed, into: product, n)
    for i in 0..<n {
      p[i * n + i] = product[i * n + i] + q[i]
      for j in (i + 1)..<max(n, i + 1) {
        let mean = 0.5 * (product[i * n + j] + product[j * n + i])
        p[i * n + j] = mean
        p[j * n + i] = mean
      }
    }
  }

  /// C = A B, all `n` x `n` and row-major; zeros of A cost nothing.
  @inline(__always)
  static func multiply(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, into c: UnsafeMutablePointer<Double>,
    _ n: Int
  ) {
    for i in 0..<n {
      let row = c + i * n
      for j in 0..<n { row[j] = 0 }
      let weights = a + i * n
      var k = 0
      // Four rows at a time: one load and store of the sum for four products.
      while k + 3 < n {
        let (w0, w1, w2, w3) = (weights[k], weights[k + 1], weights[k + 2], weights[k + 3])
        if w0 != 0 || w1 != 0 || w2 != 0 || w3 != 0 {
          let b0 = b + k * n
          let b1 = b0 + n
          let b2 = b1 + n
          let b3 = b2 + n
          for j in 0..<n { row[j] += (w0 * b0[j] + w1 * b1[j]) + (w2 * b2[j] + w3 * b3[j]) }
        }
        k += 4
      }
      while k < n {
        let w = weights[k]
        if w != 0 {
          let source = b + k * n
          for j in 0..<n { row[j] += w * source[j] }
        }
        k += 1
      }
    }
  }
}
