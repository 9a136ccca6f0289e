/// Mean and standard deviation of one estimated quantity.
public struct Normal: Sendable, Hashable {
  /// Mean.
  public var mean: Double
  /// Standard deviation.
  public var sd: Double

  /// From its two moments.
  public init(_ mean: Double, sd: Double) {
    self.mean = mean
    self.sd = sd
  }

  /// Not known.
  public static var unknown: Normal { Normal(.nan, sd: .nan) }
}
