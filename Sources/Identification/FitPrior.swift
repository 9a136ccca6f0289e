/// A value's Gaussian prior and its bounds.
public struct FitPrior: Sendable, Hashable {
  /// Most likely value before any data.
  public var mean: Double
  /// Its standard deviation.
  public var sd: Double
  /// Where a fit may go; a single point: the value is given.
  public var bounds: ClosedRange<Double>

  /// A prior from its parts.
  public init(mean: Double, sd: Double, bounds: ClosedRange<Double>) {
    self.mean = mean
    self.sd = sd
    self.bounds = bounds
  }

  /// Whether a fit may move the value.
  var isFree: Bool { bounds.lowerBound < bounds.upperBound }
}
