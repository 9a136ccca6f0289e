/// How a reading may differ from what a right model shows: white noise, and a discrepancy that lasts.
///
/// The discrepancy is a Gauss-Markov process of standard deviation `discrepancySD` that forgets itself in
/// `discrepancyTime`: errors of neighbouring rows go together, so a thousand rows of a model that is off do
/// not count as a thousand. 0: rows are independent. A charge that is off by `chargeSD` lasts as long, and shows
/// where the voltage is steep in it: at the ends hundreds of millivolts mean nothing else.
public struct ErrorModel: Sendable, Hashable {
  /// Of one reading, in the reading's unit.
  public var noiseSD: Double
  /// Of the discrepancy, in the reading's unit.
  public var discrepancySD: Double
  /// s.
  public var discrepancyTime: Double
  /// Of the charge, a share of the file's window; 0: it is counted without error.
  public var chargeSD: Double

  /// Errors from their parts.
  public init(
    noiseSD: Double, discrepancySD: Double = 0, discrepancyTime: Double = 300, chargeSD: Double = 0
  ) {
    self.noiseSD = noiseSD
    self.discrepancySD = discrepancySD
    self.discrepancyTime = discrepancyTime
    self.chargeSD = chargeSD
  }

  /// Of what lasts at a row, in the reading's unit.
  ///
  /// - Parameter steepness: of the reading there, a unit of charge.
  func lasting(_ steepness: Double) -> Double {
    let charge = chargeSD * steepness
    return (discrepancySD * discrepancySD + charge * charge).squareRoot()
  }
}
