import Kernels

// Ranked goals: 1. no false alarm in 3,000 h of healthy sensors; 2. a jump of ten times a sensor's noise, or a
// sensor that has stopped, is named within 120 s. Oracle: faults put into simulated records.

/// Watches one sensor's outcomes in a filter and names what is wrong with it.
///
/// *Jump*: the normalised innovations of a healthy sensor are white. `width` of them on one side whose sum is
/// beyond `limit` sd (once in 10^10 samples by chance) that came at once: the first as large as those after it,
/// and nothing before it. Readings beyond the gate are among them. *Disagreement*: the same, grown slowly, and
/// gone on for `patience`; named once until it has gone. At an edge of the current a model that is off jumps by itself, and so does a
/// voltage of another instant: nothing is concluded there.
///
/// *Stuck*: the exact same number again and again, from a sensor that is known to be noisy. Many are not: their
/// resolution hides the noise, and at rest they repeat for hours. Noise is what goes back and forth by more
/// than the resolution while the current stands. How often a noisy sensor repeats itself is learnt as it goes; a row is
/// too long when its chance is below 10^-12. A quiet sensor that stops parts from the prediction instead.
struct ChannelMonitor: Sendable, Hashable {
  /// Innovations that are judged together.
  private static let width = 5
  /// The least of each.
  private static let least = 1.5
  /// What one absurd innovation counts at most.
  private static let most = 12.0
  /// Sum of those before a jump, in its sd, at most.
  private static let healthy = 3.5
  /// How long a disagreement must last, s.
  private static let patience = 60.0
  /// Natural logarithm of the chance of a row of repeats that is too long.
  private static let leastChance = -27.6
  /// Readings after which a sensor's noise is known at all, and how many are averaged.
  private static let learning = 30.0
  private static let memory = 1000.0
  /// Share of readings that go back by more than the resolution; of white noise that is resolved, two thirds.
  private static let noisy = 0.4

  private var innovations = SIMD16<Double>(repeating: .nan)
  private var times = SIMD16<Double>(repeating: 0)
  private var disagreesSince = Double.nan
  /// Named already; until the sum has halved.
  private var isDisagreeing = false
  private var lastValue = Double.nan
  private var lastStep = 0.0
  private var resolution = Double.infinity
  private var row = 0
  private var rowStart = 0.0
  private var seen = 0.0
  private var repeats = 0.0
  private var returns = 0.0
  private(set) var isStuck = false

  /// Sum of the innovations in its sd that is no chance.
  private let limit: Double

  init(limit: Double) { self.limit = limit }

  /// Takes one reading in before it is assimilated: whether the sensor is stuck. What is stuck is no reading.
  mutating func takes(_ value: Double, at time: Double, isSteady: Bool) -> SensorFault.Kind? {
    guard value.isFinite else { return nil }
    let step = value - lastValue
    defer { lastValue = value }
    guard step == 0 else {
      if !isStuck, isSteady { learn(step) }
      (lastStep, row, isStuck) = (step, 0, false)
      return nil
    }
    if row == 0 { rowStart = time }
    row += 1
    guard !isStuck, seen >= Self.learning, returns > Self.noisy * seen else { return nil }
    // One repeat among the readings so far, at the least, may have been luck.
    let share = (repeats + 1) / (seen + 2)
    guard Double(row) * Double.logarithm(share) < Self.leastChance else { return nil }
    isStuck = true
    return .stuck
  }

  /// A reading other than the last, after a row of repeats.
  private mutating func learn(_ step: Double) {
    guard step.isFinite else { return }
    resolution = min(resolution, abs(step))
    seen += Double(row + 1)
    repeats += Double(row)
    if step * lastStep < 0, min(abs(step), abs(lastStep)) >= 2 * resolution { returns += 1 }
    guard seen > Self.memory else { return }
    let kept = Self.memory / seen
    (seen, repeats, returns) = (Self.memory, repeats * kept, returns * kept)
  }

  /// Start of the row of repeats, s.
  var stuckSince: Double { rowStart }

  /// Takes what became of a reading.
  ///
  /// - Parameter isSteady: whether the current has stood since the last sample.
  mutating func takes(
    _ outcome: ChannelOutcome, at time: Double, isSteady: Bool
  ) -> (kind: SensorFault.Kind, onset: Double)? {
    guard outcome.fate != .missing, outcome.variance > 0, isSteady else { return nil }
    let normalised = outcome.innovation / outcome.variance.squareRoot()
    guard normalised.isFinite else { return nil }
    // The newest is the first.
    for place in (1..<(2 * Self.width)).reversed() {
      innovations[place] = innovations[place - 1]
      times[place] = times[place - 1]
    }
    innovations[0] = min(max(normalised, -Self.most), Self.most)
    times[0] = time
    let (sum, least) = judge(from: 0)
    guard abs(sum) > limit, least > Self.least else {
      disagreesSince = .nan
      if !(abs(sum) > limit / 2) { isDisagreeing = false }
      return nil
    }
    let before = judge(from: Self.width).sum
    let first = abs(innovations[Self.width - 1])
    let mean = abs(sum) / Double(Self.width).squareRoot()
    if abs(before) < Self.healthy, first > 0.5 * mean {
      defer { forget() }
      return (.jump, times[Self.width - 1])
    }
    if disagreesSince.isNaN { disagreesSince = times[Self.width - 1] }
    guard time - disagreesSince >= Self.patience, !isDisagreeing else { return nil }
    isDisagreeing = true
    return (.disagreement, disagreesSince)
  }

  /// Sum of `width` innovations in its own sd, and the least of them on its side; not numbers when there are
  /// too few yet.
  private func judge(from first: Int) -> (sum: Double, least: Double) {
    var sum = 0.0
    for place in first..<(first + Self.width) { sum += innovations[place] }
    var least = Double.infinity
    for place in first..<(first + Self.width) {
      least = min(least, sum < 0 ? -innovations[place] : innovations[place])
    }
    return (sum / Double(Self.width).squareRoot(), least)
  }

  private mutating func forget() {
    innovations = SIMD16(repeating: .nan)
    disagreesSince = .nan
  }
}
