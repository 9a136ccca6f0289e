/// How long a reading has repeated itself exactly.
struct FrozenWatch: Sendable {
  private var value = Double.nan
  private var since = 0.0
  private var repeats = 0

  /// Enough that chance does not repeat a noisy reading so often: where noise is half a step, two readings
  /// in three repeat the one before.
  private static let leastRepeats = 60

  /// Seconds of exact repetition, or nil while it is too few samples to mean anything.
  mutating func age(of new: Double, at time: Double) -> Double? {
    if new != value {
      value = new
      since = time
      repeats = 0
      return nil
    }
    repeats += 1
    return repeats >= Self.leastRepeats ? time - since : nil
  }
}
