import Estimation

/// Mean normalised square of the voltage's innovations over the last hour, exponentially: what says that a model
/// no longer explains its cell.
struct ResidualMonitor {
  /// From which the model is to be identified again: 1 is what noise alone shows.
  static let limit = 2.0
  /// Control periods that count.
  private static let memory = 3600.0

  private(set) var mean = 1.0

  /// Takes in how far a voltage was from what the twin expected; a single absurd one counts 100 at most.
  mutating func note(_ outcome: ChannelOutcome) {
    guard outcome.fate != .missing, outcome.normalisedSquare.isFinite else { return }
    mean += (min(outcome.normalisedSquare, 100) - mean) / Self.memory
  }
}
