import Kernels
import Testing

@Suite("Factor of a covariance with few columns")
struct LowRankFactorTests {
  /// W of `rows` x `width`, drawn.
  private static func drawn(_ rows: Int, _ width: Int, seed: UInt64) -> [[Double]] {
    var random = RandomStream(seed: seed)
    return (0..<width).map { _ in (0..<rows).map { _ in random.gaussian() } }
  }

  /// Sum over columns of c c^T, plainly.
  private static func square(_ columns: [[Double]], _ rows: Int) -> [Double] {
    var result = Array(repeating: 0.0, count: rows * rows)
    for column in columns {
      for i in 0..<rows { for j in 0..<rows { result[i * rows + j] += column[i] * column[j] } }
    }
    return result
  }

  private static func compress(
    _ columns: [[Double]], rows: Int, sizes: [Double]? = nil, own: Range<Int> = 0..<0, rank: Int
  ) -> [[Double]] {
    let factor = LowRankFactor(
      sizes: sizes ?? Array(repeating: 1, count: rows), capacity: columns.count)
    for (j, column) in columns.enumerated() {
      for i in 0..<rows { factor.column(j)[i] = column[i] }
    }
    var result = Array(repeating: 0.0, count: rank * factor.stride)
    factor.compress(width: columns.count, own: own, rank: rank, into: &result)
    return (0..<rank).map { Array(result[($0 * factor.stride)..<($0 * factor.stride + rows)]) }
  }

  @Test(
    "With as many columns as rows nothing is lost", arguments: [(1, 1), (5, 9), (13, 40), (24, 3)])
  func whole(rows: Int, width: Int) {
    let columns = Self.drawn(rows, width, seed: 101)
    let before = Self.square(columns, rows)
    for own in [0..<0, (rows / 2)..<rows] {
      let after = Self.square(
        Self.compress(columns, rows: rows, own: own, rank: min(rows, width)), rows)
      for (a, b) in zip(before, after) { #expect(abs(a - b) < 1e-12 * Double(width)) }
    }
  }

  @Test("What has no more directions than the rank is kept, however many columns it came in")
  func lowRank() {
    let rows = 20
    let basis = Self.drawn(rows, 4, seed: 102)
    var random = RandomStream(seed: 103)
    let columns = (0..<15).map { _ -> [Double] in
      let weights = (0..<4).map { _ in random.gaussian() }
      return (0..<rows).map { i in (0..<4).reduce(0) { $0 + weights[$1] * basis[$1][i] } }
    }
    let before = Self.square(columns, rows)
    let after = Self.square(Self.compress(columns, rows: rows, rank: 4), rows)
    for (a, b) in zip(before, after) { #expect(abs(a - b) < 1e-11) }
  }

  @Test("What is dropped is a covariance: no variance grows, and rows of their own lose nothing")
  func dropped() {
    let rows = 18
    let columns = Self.drawn(rows, 30, seed: 104)
    let before = Self.square(columns, rows)
    let own = 12..<18
    let after = Self.square(Self.compress(columns, rows: rows, own: own, rank: 9), rows)
    for i in 0..<rows {
      #expect(after[i * rows + i] <= before[i * rows + i] * (1 + 1e-12))
      for j in own { #expect(abs(after[i * rows + j] - before[i * rows + j]) < 1e-11) }
    }
  }

  @Test("Sizes say what is least: a row in smaller units is not dropped for its unit's sake")
  func sizes() {
    // Two rows with variance 1 and, in micro-units, 4e-12: in their sizes the second is larger.
    let columns = [[1.0, 0], [0, 2e-6]]
    let kept = Self.compress(columns, rows: 2, sizes: [1, 1e-6], rank: 1)
    #expect(abs(abs(kept[0][1]) - 2e-6) < 1e-18 && abs(kept[0][0]) < 1e-12)
    let other = Self.compress(columns, rows: 2, rank: 1)
    #expect(abs(abs(other[0][0]) - 1) < 1e-15)
  }
}
