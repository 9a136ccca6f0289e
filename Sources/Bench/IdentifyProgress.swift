import Estimation

/// How far an identification has come.
struct IdentifyProgress {
  /// What is under way.
  enum Stage {
    /// The cell rests while an excitation is designed; control periods left.
    case designing(DesignJob, periods: Int)
    /// An excitation runs.
    case exciting
  }

  var stage: Stage
  /// From 1.
  var round = 1
  /// Of excitation so far, s.
  var spent = 0.0
  /// Of the excitation that runs, s.
  var planned = 0.0
  /// Normalised squares of the voltage's innovations in this round.
  var squares = 0.0
  var samples = 0

  /// Control periods of rest before an excitation: the same number however fast the machine designs.
  static let restPeriods = 20
  /// Mean normalised square of the innovations from which the model does not deserve its design.
  static let undeserved = 4.0

  /// Takes in how far a voltage was from what the twin expected. One beyond the gate counts above all: a twin
  /// that refuses what it is shown has lost its cell. A single absurd one cannot decide alone.
  mutating func note(_ outcome: ChannelOutcome) {
    guard outcome.fate != .missing, outcome.normalisedSquare.isFinite else { return }
    squares += min(outcome.normalisedSquare, 100)
    samples += 1
  }

  /// Whether what was measured is too far from what the twin expected.
  var isUndeserved: Bool { samples >= 60 && squares / Double(samples) > Self.undeserved }
}
