/// One row of the table: the same work on both sides.
struct ComparisonRow: Codable, Sendable {
  /// Its name in the thresholds.
  var name: String
  var work: String
  var norm: ErrorNorm
  var ours: Contender
  var theirs: Contender
  /// Distance of the two fine solutions.
  var fineDistance: VoltageError
  /// What else is to be known.
  var remark = ""

  /// How many times faster ours is, in CPU time.
  var ratio: Double { theirs.timing.cpu / ours.timing.cpu }
}

/// A ratio of two works that are both ours (or C's), timed in turns.
struct OwnRatio: Codable, Sendable {
  var name: String
  var work: String
  var value: Double
  var remark = ""
}

/// Heap allocations counted over many repeats of a work after its first.
struct AllocationCount: Codable, Sendable {
  var name: String
  var count: Int
  var repeats: Int
}
