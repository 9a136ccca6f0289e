import Journal

/// All curves of a stretch of time, thinned for drawing: in each of equal buckets of time every
/// curve keeps its lowest and its highest value and when they were, so that no excursion vanishes.
/// A stretch with few scans gets a bucket per scan and is drawn as it is.
struct Trace {
  /// What one curve did in one bucket.
  struct Extremes {
    var low = Double.infinity
    var lowTime = Double.nan
    var high = -Double.infinity
    var highTime = Double.nan

    var isEmpty: Bool { low > high }

    mutating func add(_ value: Double, at time: Double) {
      if value < low { (low, lowTime) = (value, time) }
      if value > high { (high, highTime) = (value, time) }
    }
  }

  /// First and last time, s.
  let range: ClosedRange<Double>
  /// Curves by their columns, of a run `TraceKey.rawValue`; each one entry a bucket.
  private(set) var curves: [[Extremes]]
  /// Values of the last scan in each bucket, for the read-out under the pointer.
  private(set) var readouts: [[Double?]]
  /// Time of that scan.
  private(set) var readoutTimes: [Double?]
  /// What bound the last decision in each bucket.
  private(set) var bindings: [String?]

  /// Reads the samples of `range` and what belongs to them.
  init(_ view: JournalView, range: ClosedRange<Double>, buckets: Int = 560) throws {
    self.range = range
    let bounds = [range.lowerBound, range.upperBound]
    let scans =
      try view.one(
        "SELECT count(*) FROM samples WHERE test_time_second BETWEEN ? AND ?", bounds
      ) { $0.int(0) ?? 0 } ?? 0
    let count = max(1, min(buckets, scans))
    let keys = TraceKey.allCases
    curves = Array(repeating: Array(repeating: Extremes(), count: count), count: keys.count)
    readouts = Array(repeating: [], count: count)
    readoutTimes = Array(repeating: nil, count: count)
    bindings = Array(repeating: nil, count: count)
    let span = max(range.upperBound - range.lowerBound, .leastNormalMagnitude)
    let columns = keys.map(\.sql).joined(separator: ", ")
    try view.each(
      """
      SELECT s.test_time_second, d.binding, \(columns) FROM samples AS s
      LEFT JOIN estimates AS e ON e.scan = s.scan LEFT JOIN decisions AS d ON d.scan = s.scan
      WHERE s.test_time_second BETWEEN ? AND ? ORDER BY s.scan
      """, bounds
    ) { row in
      let time = row.number(0)
      let bucket = min(count - 1, Int((time - range.lowerBound) / span * Double(count)))
      for key in keys {
        guard let value = row.double(2 + key.rawValue) else { continue }
        curves[key.rawValue][bucket].add(value, at: time)
      }
      readoutTimes[bucket] = time
      readouts[bucket] = keys.map { row.double(2 + $0.rawValue) }
      bindings[bucket] = row.text(1) ?? bindings[bucket]
    }
  }

  /// Curves that were thinned elsewhere; nothing bound anything.
  init(
    range: ClosedRange<Double>, curves: [[Extremes]], readouts: [[Double?]], times: [Double?]
  ) {
    self.range = range
    self.curves = curves
    self.readouts = readouts
    readoutTimes = times
    bindings = Array(repeating: nil, count: times.count)
  }

  subscript(column: Int) -> [Extremes] { curves[column] }

  /// Lowest and highest value of several curves together; nil when none has any.
  func extent(_ columns: [Int]) -> ClosedRange<Double>? {
    let filled = columns.flatMap { self[$0] }.filter { !$0.isEmpty }
    guard let low = filled.map(\.low).min(), let high = filled.map(\.high).max() else {
      return nil
    }
    return low...high
  }
}
