// Ranked goals: 1. backward stable (Householder), so that a factor of a covariance never loses its
// definiteness; 2. no allocation after `init`; 3. eight columns at a time.
// Oracle: W W^T in plain sums (Tests/KernelsTests).

/// A factor W with more columns than rows, and its way to the lower triangular L with L L^T = W W^T.
///
/// Source: Golub, Van Loan, Matrix Computations (4th ed.), section 5.2, on the transpose.
public final class WideFactor {
  /// Rows of W and of L.
  public let rows: Int
  /// Columns of W, at least `rows`.
  public let columns: Int
  private let blocks: Int
  private let storage: UnsafeMutablePointer<SIMD8<Double>>
  private let reflector: UnsafeMutablePointer<SIMD8<Double>>

  /// W = 0.
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = max(columns, rows)
    blocks = (self.columns + 7) / 8
    storage = .allocate(capacity: rows * blocks)
    storage.initialize(repeating: SIMD8(repeating: 0), count: rows * blocks)
    reflector = .allocate(capacity: blocks)
    reflector.initialize(repeating: SIMD8(repeating: 0), count: blocks)
  }

  deinit {
    storage.deallocate()
    reflector.deallocate()
  }

  /// Row `index` of W: `columns` values, to be written by the caller.
  public func row(_ index: Int) -> UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(storage + index * blocks).assumingMemoryBound(to: Double.self)
  }

  /// Writes L, row-major `rows` x `rows`, diagonal >= 0, zeros above it. Spoils W.
  public func triangularise(into factor: UnsafeMutablePointer<Double>) {
    for index in 0..<rows { reflect(index) }
    for i in 0..<rows {
      let source = row(i)
      let target = factor + i * rows
      for j in 0..<rows { target[j] = j <= i ? source[j] : 0 }
    }
    for j in 0..<rows where factor[j * rows + j] < 0 {
      for i in j..<rows { factor[i * rows + j] = -factor[i * rows + j] }
    }
  }

  /// Takes what stands right of the diagonal in row `index` into the diagonal.
  private func reflect(_ index: Int) {
    let first = index / 8
    let own = storage + index * blocks
    var squares = SIMD8<Double>(repeating: 0)
    for block in first..<blocks {
      var values = own[block]
      if block == first { for lane in 0..<index % 8 { values[lane] = 0 } }
      reflector[block] = values
      squares += values * values
    }
    let norm = squares.sum().squareRoot()
    guard norm > 0 else { return }
    let head = own[first][index % 8]
    let diagonal = head > 0 ? -norm : norm
    reflector[first][index % 8] = head - diagonal
    // |v|^2 / 2 = norm (norm + |head|): no difference of like numbers.
    let scale = 1 / (norm * (norm + abs(head)))
    for other in (index + 1)..<max(rows, index + 1) {
      let target = storage + other * blocks
      var products = SIMD8<Double>(repeating: 0)
      for block in first..<blocks { products += target[block] * reflector[block] }
      let step = SIMD8(repeating: products.sum() * scale)
      for block in first..<blocks { target[block] -= step * reflector[block] }
    }
    own[first][index % 8] = diagonal
  }
}
