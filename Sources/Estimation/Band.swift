/// Two quantiles of one estimated quantity that need not be normal.
public struct Band: Sendable, Hashable {
  /// Below it lie 5 %.
  public var low: Double
  /// Below it lie 95 %.
  public var high: Double

  /// From its two ends.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}
