/// The set-points that were in force during the last few seconds: what a current that takes time to
/// follow may lie between. At ten scans a second its 64 changes are more than six seconds.
struct SetPointWindow: Sendable {
  private static let capacity = 64
  private var values: InlineArray<64, Double> = .init(repeating: 0)
  /// When each ceased to be in force.
  private var ends: InlineArray<64, Double> = .init(repeating: -.infinity)
  private var next = 0
  private(set) var present = 0.0

  mutating func set(_ value: Double, at time: Double) {
    guard value != present else { return }
    values[next] = present
    ends[next] = time
    next = (next + 1) % Self.capacity
    present = value
  }

  /// Least and greatest set-point in force since `time`.
  func range(since time: Double) -> ClosedRange<Double> {
    var low = present
    var high = present
    for index in 0..<Self.capacity where ends[index] >= time {
      low = min(low, values[index])
      high = max(high, values[index])
    }
    return low...high
  }
}
