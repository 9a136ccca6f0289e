/// One row of the table of fits: the same rows and starts on both sides.
struct FitRow: Codable, Sendable {
  /// One side.
  struct Side: Codable, Sendable {
    var settings: String
    /// Of the search: PyBOP's thread's CPU time, our wall time.
    var seconds: Double
    var repeats: Int
    /// Of the parameter that is furthest off its truth, %.
    var worstErrorPercent: Double
    /// Of the parameter that is furthest off the best estimate, in standard deviations of the noise.
    var distanceFromBest: Double
  }

  /// Its name in the thresholds.
  var name: String
  var ours: Side
  var theirs: Side

  /// How many times faster ours is, at least: wall time is never less than CPU time.
  var ratio: Double { theirs.seconds / ours.seconds }
}
