// Goals, in order: 1. value and slope belong together (the slope is the exact derivative of the
// value); 2. defined everywhere; 3. constant time, no allocation, any scalar: a handful of these
// per cell and step is most of what a single particle model computes.

/// A function of one variable as cubic pieces between knots, with its exact derivative.
///
/// Outside the knots it goes on as a straight line with the end's slope, so a filter that
/// strays a little still sees a sensible slope; who must refuse such an argument asks `range`.
public struct PiecewiseCubic: Sendable {
  /// First to last knot.
  public let range: ClosedRange<Double>
  /// Largest error against the function it was made from, in that function's unit; measured
  /// between the knots at load. 0 for tables, which are their own definition.
  public let errorBound: Double
  /// The same value everywhere, when the function is a constant.
  public let constant: Double?

  /// Value, slope, second and third coefficient at each piece's left knot; then once more the
  /// last piece, expanded at the last knot, where an argument on that knot may land.
  @usableFromInline let pieces: [SIMD4<Double>]
  @usableFromInline let piecesPerUnit: Double
  /// Width of a piece; 0 when knots are not equally spaced.
  @usableFromInline let width: Double
  /// Left knots of all `pieces`; empty when they are equally spaced.
  @usableFromInline let knots: [Double]
  /// For each of equally wide buckets, the piece that holds the bucket's left edge; empty when
  /// knots are equally spaced.
  @usableFromInline let buckets: [Int32]

  /// - Parameters:
  ///   - knots: increasing, one more than `pieces`, fewer than 2^30.
  ///   - equallySpaced: the knots are `range` divided equally, to rounding.
  init(
    knots: [Double], pieces: [SIMD4<Double>], equallySpaced: Bool, errorBound: Double,
    constant: Double?
  ) {
    self.errorBound = errorBound
    self.constant = constant
    let first = knots.first ?? 0
    let last = knots.last ?? 0
    range = first...last
    let count = max(1, pieces.count)
    piecesPerUnit = last > first ? Double(count) / (last - first) : 0
    width = equallySpaced ? (last - first) / Double(count) : 0
    self.pieces =
      pieces
      + (pieces.last.map { [Self.expanded($0, at: last - knots[pieces.count - 1])] } ?? [])
    if equallySpaced {
      self.knots = []
      buckets = []
    } else {
      self.knots = knots
      var piece = 0
      buckets = (0...count).map { bucket in
        let left = first + (last - first) * Double(bucket) / Double(count)
        while piece + 1 < pieces.count, knots[piece + 1] <= left { piece += 1 }
        return Int32(piece)
      }
    }
  }

  /// A constant function, defined everywhere.
  public init(constant: Double) {
    self.init(
      knots: [0, 1], pieces: [SIMD4(constant, 0, 0, 0)], equallySpaced: true, errorBound: 0,
      constant: constant)
  }

  /// Value and slope at `x`; NaN has the value NaN.
  @inlinable @inline(__always)
  public func valueAndSlope(at x: Double) -> (value: Double, slope: Double) {
    if let constant { return (constant, 0) }
    // NaN fails both comparisons.
    guard x >= range.lowerBound, x <= range.upperBound else { return line(at: x) }
    let (p, d) = piece(at: x)
    let square = d * d
    return (
      (p[0] + d * p[1]) + square * (p[2] + d * p[3]), (p[1] + 2 * d * p[2]) + 3 * square * p[3]
    )
  }

  /// Value at `x` only.
  @inlinable @inline(__always)
  public func value(at x: Double) -> Double {
    if let constant { return constant }
    guard x >= range.lowerBound, x <= range.upperBound else { return line(at: x).value }
    let (p, d) = piece(at: x)
    return (p[0] + d * p[1]) + d * d * (p[2] + d * p[3])
  }

  /// The function with derivatives carried through.
  @inlinable @inline(__always)
  public func callAsFunction<S: Scalar>(_ x: S) -> S {
    S.value(of: self, at: x)
  }

  /// The piece for an `x` inside the range, and the distance from its left knot.
  @inlinable @inline(__always)
  func piece(at x: Double) -> (piece: SIMD4<Double>, d: Double) {
    let offset = x - range.lowerBound
    // Adding 1.5 x 2^52 rounds to a whole number that stands in the low bits: no conversion, no
    // overflow check. At a knot it may round to either side; both pieces agree there.
    let shifted = (offset * piecesPerUnit - 0.5) + 0x1.8p52
    let i = Int(truncatingIfNeeded: shifted.bitPattern & 0x3FFF_FFFF)
    if width > 0 {
      let d = offset - (shifted - 0x1.8p52) * width
      return (pieces.withUnsafeBufferPointer { $0[i] }, d)
    }
    return knots.withUnsafeBufferPointer { knots in
      // Of this bucket and its neighbours, for the argument may have rounded to either side.
      var (left, right) = buckets.withUnsafeBufferPointer {
        (Int($0[max(0, i - 1)]), Int($0[min($0.count - 1, i + 1)]) + 1)
      }
      while right - left > 1 {
        let middle = (left + right) / 2
        if knots[middle] <= x { left = middle } else { right = middle }
      }
      return (pieces.withUnsafeBufferPointer { $0[left] }, x - knots[left])
    }
  }

  /// Outside the range.
  @usableFromInline
  func line(at x: Double) -> (value: Double, slope: Double) {
    let edge = x > range.upperBound ? range.upperBound : range.lowerBound
    let end = valueAndSlope(at: edge)
    return (end.value + end.slope * (x - edge), end.slope)
  }

  /// The same cubic, about a knot that lies `d` further on.
  static func expanded(_ p: SIMD4<Double>, at d: Double) -> SIMD4<Double> {
    SIMD4(
      p[0] + d * (p[1] + d * (p[2] + d * p[3])), p[1] + d * (2 * p[2] + d * 3 * p[3]),
      p[2] + 3 * d * p[3], p[3])
  }

  static func cubic(_ p: SIMD4<Double>, _ d: Double) -> Double {
    p[0] + d * (p[1] + d * (p[2] + d * p[3]))
  }
}
