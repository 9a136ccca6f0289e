/// Running statistics of one channel's innovations: what a consistent filter must show is mean 0,
/// normalised mean square 1 and no correlation from one to the next.
public struct InnovationStatistics: Sendable, Hashable {
  /// Innovations seen, gated ones included.
  public private(set) var count = 0
  /// How many were gated.
  public private(set) var gated = 0
  private var sum = 0.0
  private var squares = 0.0
  private var normalisedSquares = 0.0
  private var normalisedProducts = 0.0
  private var last = 0.0

  /// Nothing seen.
  public init() {}

  /// Takes one outcome in; a missing reading does not count.
  public mutating func add(_ outcome: ChannelOutcome) {
    guard outcome.fate != .missing else { return }
    if outcome.fate == .gated { gated += 1 }
    let normalised = outcome.innovation / outcome.variance.squareRoot()
    count += 1
    sum += outcome.innovation
    squares += outcome.innovation * outcome.innovation
    normalisedSquares += normalised * normalised
    normalisedProducts += normalised * last
    last = normalised
  }

  /// Mean, in the channel's unit.
  public var mean: Double { sum / Double(count) }
  /// Root mean square, in the channel's unit.
  public var rootMeanSquare: Double { (squares / Double(count)).squareRoot() }
  /// Mean of the squared innovation over its predicted variance; 1 is consistent, more is overconfident.
  public var meanNormalisedSquare: Double { normalisedSquares / Double(count) }
  /// Correlation of neighbouring normalised innovations; 0 is white.
  public var lagOneCorrelation: Double {
    normalisedSquares > 0 ? normalisedProducts / normalisedSquares : 0
  }
}
