// Ranked goals: 1. backward stable (Householder), so that a factor of a covariance never loses its
// definiteness; 2. what is dropped is the least of what is left, row by row, in the rows' own sizes; 3. no
// allocation after `init`; 4. eight rows at a time.
// Oracle: W W^T in plain sums (Tests/KernelsTests).

import CLanes

/// A factor W of a covariance and its way to L with fewer columns, L L^T = W W^T as far as they reach:
/// Householder reflections from the right, each of which gathers one row (a pivot) into one column.
///
/// Sources: Golub, Van Loan, Matrix Computations (4th ed.), 5.4.2 (column pivoting, here of the transpose); Higham
/// 1990 for the pivoted Cholesky factor that this is; Verlaan, Heemink 1997 for a filter that lives with it.
public final class LowRankFactor {
  /// Rows of W and of L.
  public let rows: Int
  /// Columns that W can have.
  public let capacity: Int
  /// Numbers from one column to the next: `rows`, filled up to whole lanes.
  public let stride: Int
  private let blocks: Int
  private let storage: UnsafeMutablePointer<Lane>
  private let rest: UnsafeMutablePointer<Lane>
  private let whole: UnsafeMutablePointer<Lane>
  private let weights: UnsafeMutablePointer<Lane>
  private let reflector: UnsafeMutablePointer<Double>

  /// - Parameter sizes: of each row, in its own unit: what counts as much in one as in another.
  public init(sizes: [Double], capacity: Int) {
    rows = sizes.count
    self.capacity = max(capacity, 1)
    blocks = max(1, (rows + 7) / 8)
    stride = 8 * blocks
    func zeros(_ count: Int) -> UnsafeMutablePointer<Lane> {
      let lanes = UnsafeMutablePointer<Lane>.allocate(capacity: count)
      lanes.initialize(repeating: Lane(repeating: 0), count: count)
      return lanes
    }
    storage = zeros(blocks * self.capacity)
    rest = zeros(blocks)
    whole = zeros(blocks)
    weights = zeros(blocks)
    for (row, size) in sizes.enumerated() { weights[row / 8][row % 8] = 1 / (size * size) }
    reflector = .allocate(capacity: self.capacity)
    reflector.initialize(repeating: 0, count: self.capacity)
  }

  deinit {
    storage.deallocate()
    rest.deallocate()
    whole.deallocate()
    weights.deallocate()
    reflector.deallocate()
  }

  /// Column `index` of W: `rows` values to be written by the caller, who leaves what fills the last lane.
  public func column(_ index: Int) -> UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(storage + index * blocks).assumingMemoryBound(to: Double.self)
  }

  /// Sum of the squares of column `index`, each in its row's size.
  public func weight(ofColumn index: Int) -> Double {
    let column = storage + index * blocks
    var sum = Lane(repeating: 0)
    for block in 0..<blocks { sum += column[block] * column[block] * weights[block] }
    return sum.sum()
  }

  /// Writes L, `rank` columns of `stride` values. Spoils W.
  ///
  /// - Parameters:
  ///   - width: columns of W in use.
  ///   - own: rows that get a pivot in any case, before all others.
  public func compress(
    width: Int, own: Range<Int>, rank: Int, into factor: UnsafeMutablePointer<Double>
  ) {
    for block in 0..<blocks {
      var sum = Lane(repeating: 0)
      for j in 0..<width { sum += storage[j * blocks + block] * storage[j * blocks + block] }
      rest[block] = sum
      whole[block] = sum
    }
    var done = 0
    for row in own where done < min(rank, width) { take(row, &done, width) }
    while done < min(rank, width), let row = heaviest() { take(row, &done, width) }
    let target = UnsafeMutableRawPointer(factor).assumingMemoryBound(to: Double.self)
    for j in 0..<rank {
      let source = column(j)
      for i in 0..<stride { target[j * stride + i] = j < done ? source[i] : 0 }
    }
  }

  /// The row with the most left, in its own size; nil when nothing is.
  private func heaviest() -> Int? {
    var (best, place): (Double, Int?) = (0, nil)
    for block in 0..<blocks {
      let values = rest[block] * weights[block]
      guard values.max() > best else { continue }
      for lane in 0..<8 where values[lane] > best {
        (best, place) = (values[lane], 8 * block + lane)
      }
    }
    return place
  }

  /// Gathers what is left of `row` into column `done`, unless it is rounding.
  private func take(_ row: Int, _ done: inout Int, _ width: Int) {
    let (block, lane) = (row / 8, row % 8)
    var squares = 0.0
    for j in done..<width {
      let value = storage[j * blocks + block][lane]
      reflector[j] = value
      squares += value * value
    }
    rest[block][lane] = 0
    guard squares > 1e-28 * whole[block][lane], squares > 0 else { return }
    let norm = squares.squareRoot()
    let head = reflector[done]
    let diagonal = head > 0 ? -norm : norm
    reflector[done] = head - diagonal
    // |v|^2 / 2 = norm (norm + |head|): no difference of like numbers.
    reflect(from: done, width, scale: 1 / (norm * (norm + abs(head))))
    for j in done..<width { storage[j * blocks + block][lane] = 0 }
    storage[done * blocks + block][lane] = diagonal
    for other in 0..<blocks {
      let value = storage[done * blocks + other]
      rest[other] = Lane.larger(rest[other] - value * value, Lane(repeating: 0))
    }
    rest[block][lane] = 0
    done += 1
  }

  private func reflect(from first: Int, _ width: Int, scale: Double) {
    for block in 0..<blocks {
      var sum = Lane(repeating: 0)
      for j in first..<width {
        sum = lanes8_multiply_add(
          storage[j * blocks + block], Lane(repeating: reflector[j]), sum)
      }
      sum *= -scale
      for j in first..<width {
        storage[j * blocks + block] = lanes8_multiply_add(
          sum, Lane(repeating: reflector[j]), storage[j * blocks + block])
      }
    }
  }
}
