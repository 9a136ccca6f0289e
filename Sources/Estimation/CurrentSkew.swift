/// What it costs that voltage and current of one sample were not taken at one instant: where the current
/// moves, the voltage belongs to another current than the one beside it (50 ms at an edge of 5 A and
/// 30 mOhm: 150 mV).
struct CurrentSkew: Sendable, Hashable {
  private var last = Double.nan
  private var edge = 0.0
  private var edgeTime = -Double.infinity
  /// Whether the current has stood since the last sample, to some sd of its noise.
  private(set) var isSteady = true
  /// When it last moved, s.
  private(set) var movedAt = -Double.infinity

  init() {}

  /// How far the current at the voltage's instant may be from the reading, A (sd).
  ///
  /// - Parameters:
  ///   - input: of this sample.
  ///   - time: s.
  ///   - duration: since the last sample, s; 0 at the first.
  ///   - spread: largest difference between the two instants, s.
  ///   - noise: sd of a reading of the current, A.
  mutating func uncertainty(
    _ input: CellInput, at time: Double, duration: Double, spread: Double, noise: Double
  ) -> Double {
    let change = abs(input.current - (input.currentAtStart ?? last))
    last = input.current
    guard change.isFinite, duration > 0 else { return 0 }
    isSteady = change <= 6 * noise
    if !isSteady { movedAt = time }
    guard spread > 0 else { return 0 }
    if change >= edge || time - edgeTime > spread { (edge, edgeTime) = (change, time) }
    // A ramp moves by so much in the spread; an edge within it moves at once.
    let ramp = change * min(1, spread / duration)
    let remembered = time > edgeTime && time - edgeTime <= spread ? edge : 0
    return max(isSteady ? 0 : ramp, remembered)
  }
}
