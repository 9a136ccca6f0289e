/// The set-points that were in force during the last few seconds: what a current that takes time to
/// follow may lie between.
///
/// Changes within `grain` of each other share an entry, so that its 64 hold more than six seconds however
/// often the set-point changes.
struct SetPointWindow: Sendable {
  private static let capacity = 64
  private static let grain = 0.1
  private var lows: InlineArray<64, Double> = .init(repeating: 0)
  private var highs: InlineArray<64, Double> = .init(repeating: 0)
  private var begins: InlineArray<64, Double> = .init(repeating: -.infinity)
  /// When the last of each entry ceased to be in force.
  private var ends: InlineArray<64, Double> = .init(repeating: -.infinity)
  private var last = 0
  private(set) var present = 0.0

  mutating func set(_ value: Double, at time: Double) {
    guard value != present else { return }
    if time - begins[last] >= Self.grain {
      last = (last + 1) % Self.capacity
      begins[last] = time
      lows[last] = present
      highs[last] = present
    }
    lows[last] = min(lows[last], present)
    highs[last] = max(highs[last], present)
    ends[last] = time
    present = value
  }

  /// Least and greatest set-point in force since `time`.
  func range(since time: Double) -> ClosedRange<Double> {
    var low = present
    var high = present
    for index in 0..<Self.capacity where ends[index] >= time {
      low = min(low, lows[index])
      high = max(high, highs[index])
    }
    return low...high
  }
}
