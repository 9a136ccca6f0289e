/// One sensor's value on its way into a filter.
public struct ChannelReading: Sendable, Hashable {
  /// Index among the model's outputs.
  public var output: Int
  /// What the sensor says, in the output's unit; NaN means that there is no reading.
  public var value: Double
  /// Variance of the sensor, same unit squared.
  public var variance: Double

  /// A reading from its parts.
  public init(output: Int, value: Double, variance: Double) {
    self.output = output
    self.value = value
    self.variance = variance
  }
}

/// What became of one reading.
public struct ChannelOutcome: Sendable, Hashable {
  /// What was done with it.
  public enum Fate: UInt8, Sendable, Hashable {
    /// Assimilated.
    case used
    /// Too many sd away from its prediction.
    case gated
    /// No finite reading.
    case missing
  }

  /// What was done with it.
  public var fate = Fate.missing
  /// Prediction before this reading, in the output's unit.
  public var predicted = Double.nan
  /// Reading - prediction.
  public var innovation = Double.nan
  /// Predicted variance of the innovation, sensor included.
  public var variance = Double.nan

  /// Nothing known.
  public init() {}

  /// Squared innovation over its variance: chi-square with one degree of freedom if all is well.
  public var normalisedSquare: Double { innovation * innovation / variance }
}
