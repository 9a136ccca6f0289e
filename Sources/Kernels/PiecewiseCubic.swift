// Goals, in order: 1. value and slope belong together (the slope is the exact derivative of the
// value); 2. defined everywhere; 3. constant-time lookup, no allocation, any scalar.

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

  @usableFromInline let knots: [Double]
  /// Value, slope, second and third coefficient at each interval's left knot.
  @usableFromInline let pieces: [SIMD4<Double>]
  /// For each of equally wide buckets, the interval that holds the bucket's left edge.
  @usableFromInline let buckets: [Int32]
  @usableFromInline let bucketsPerUnit: Double

  init(knots: [Double], pieces: [SIMD4<Double>], errorBound: Double, constant: Double?) {
    self.knots = knots
    self.pieces = pieces
    self.errorBound = errorBound
    self.constant = constant
    let first = knots.first ?? 0
    let last = knots.last ?? 0
    range = first...last
    let count = max(1, pieces.count)
    bucketsPerUnit = last > first ? Double(count) / (last - first) : 0
    var interval = 0
    buckets = (0..<count).map { bucket in
      let left = first + (last - first) * Double(bucket) / Double(count)
      while interval + 1 < pieces.count, knots[interval + 1] <= left { interval += 1 }
      return Int32(interval)
    }
  }

  /// A constant function, defined everywhere.
  public init(constant: Double) {
    self.init(
      knots: [0, 1], pieces: [SIMD4(constant, 0, 0, 0)], errorBound: 0, constant: constant)
  }

  /// Value and slope at `x`.
  @inlinable @inline(__always)
  public func valueAndSlope(at x: Double) -> (value: Double, slope: Double) {
    if let constant { return (constant, 0) }
    // NaN falls through both comparisons and comes out as NaN.
    if x < range.lowerBound { return line(below: true, at: x) }
    if x > range.upperBound { return line(below: false, at: x) }
    return pieces.withUnsafeBufferPointer { pieces in
      knots.withUnsafeBufferPointer { knots in
        buckets.withUnsafeBufferPointer { buckets in
          let position = (x - range.lowerBound) * bucketsPerUnit
          guard position >= 0 else { return (x, x) }  // only NaN comes here
          var i = Int(buckets[min(Int(position), buckets.count - 1)])
          if i > 0, knots[i] > x { i -= 1 }  // rounding at a bucket's edge
          while i + 1 < pieces.count, knots[i + 1] <= x { i += 1 }
          return Self.cubic(pieces[i], x - knots[i])
        }
      }
    }
  }

  /// The function with derivatives carried through.
  @inlinable @inline(__always)
  public func callAsFunction<S: Scalar>(_ x: S) -> S {
    let (value, slope) = valueAndSlope(at: x.value)
    return x.chained(value: value, slope: slope)
  }

  @inlinable @inline(__always)
  static func cubic(_ p: SIMD4<Double>, _ d: Double) -> (value: Double, slope: Double) {
    (p[0] + d * (p[1] + d * (p[2] + d * p[3])), p[1] + d * (2 * p[2] + d * 3 * p[3]))
  }

  @usableFromInline
  func line(below: Bool, at x: Double) -> (value: Double, slope: Double) {
    let interval = below ? 0 : pieces.count - 1
    let edge = below ? range.lowerBound : range.upperBound
    let end = Self.cubic(pieces[interval], edge - knots[interval])
    return (end.value + end.slope * (x - edge), end.slope)
  }
}
