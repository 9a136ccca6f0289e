/// How a reading may differ from what a right model shows: white noise, and a discrepancy that lasts.
///
/// The discrepancy is a Gauss-Markov process of standard deviation `discrepancySD` that forgets itself in
/// `discrepancyTime`: errors of neighbouring rows go together, so a thousand rows of a model that is off do
/// not count as a thousand. 0: rows are independent.
public struct ErrorModel: Sendable, Hashable {
  /// Of one reading, in the reading's unit.
  public var noiseSD: Double
  /// Of the discrepancy, in the reading's unit.
  public var discrepancySD: Double
  /// s.
  public var discrepancyTime: Double

  /// Errors from their parts.
  public init(noiseSD: Double, discrepancySD: Double = 0, discrepancyTime: Double = 300) {
    self.noiseSD = noiseSD
    self.discrepancySD = discrepancySD
    self.discrepancyTime = discrepancyTime
  }
}
