/// Mean of a current's readings since it last jumped.
struct SteadyCurrent: Sendable, Hashable {
  /// Readings averaged at most: a slow ramp stays within a few of its readings' noise.
  private static let longest = 50
  /// A reading further away than this many sd is a jump.
  private static let jump = 6.0
  private var mean = Double.nan
  private var count = 0

  init() {}

  /// The mean with one more reading; `noise` is a reading's sd, both A.
  mutating func mean(with reading: Double, noise: Double) -> Double {
    guard abs(reading - mean) <= Self.jump * noise else {
      mean = reading
      count = 1
      return reading
    }
    count = min(count + 1, Self.longest)
    mean += (reading - mean) / Double(count)
    return mean
  }
}
