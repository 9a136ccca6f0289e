/// Tells a filter that has lost its cell from one that had a bad reading.
///
/// A consistent filter's voltage innovations, squared and normalised, average 1. One whose average
/// over `window` exceeds `threshold` believes in the wrong state: its own gate would keep it there.
struct DivergenceMonitor: Sendable, Hashable {
  /// Innovations averaged over (exponential window).
  var window = 60.0
  /// Mean squared normalised innovation that is too much to be chance or a slow misfit.
  var threshold = 16.0
  private var average = 1.0

  init() {}

  /// Takes one innovation in; true when the filter must be restarted.
  mutating func diverged(_ outcome: ChannelOutcome) -> Bool {
    guard outcome.fate != .missing, outcome.normalisedSquare.isFinite else { return false }
    // One absurd reading weighs no more than a clearly gated one, so that it cannot trip by itself.
    average += (min(outcome.normalisedSquare, 100) - average) / window
    guard average > threshold else { return false }
    average = 1
    return true
  }
}
