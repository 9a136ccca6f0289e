/// What became of a prediction.
public struct PredictionScore: Sendable, Hashable {
  /// Standard deviations of the edges of a 95 % band.
  public static let edge = 1.959964

  /// The prediction's place in the log.
  public var prediction: Int
  /// When it was scored, unix, s.
  public var unixTime: Double
  /// SHA-256 of the record that showed it, hexadecimal.
  public var recordHash: String
  /// What was measured.
  public var measured: Double
  /// Measured - predicted.
  public var error: Double
  /// Error over the prediction's sd.
  public var z: Double
  /// Whether the 95 % band held it.
  public var isInside: Bool

  /// The score of a prediction, by what was measured.
  public init(
    of prediction: LoggedPrediction, measured: Double, recordHash: String, unixTime: Double
  ) {
    self.prediction = prediction.id
    self.unixTime = unixTime
    self.recordHash = recordHash
    self.measured = measured
    error = measured - prediction.mean
    z = error / prediction.sd
    isInside = z.magnitude <= Self.edge
  }

  init(
    prediction: Int, unixTime: Double, recordHash: String, measured: Double, error: Double,
    z: Double, isInside: Bool
  ) {
    self.prediction = prediction
    self.unixTime = unixTime
    self.recordHash = recordHash
    self.measured = measured
    self.error = error
    self.z = z
    self.isInside = isInside
  }
}
