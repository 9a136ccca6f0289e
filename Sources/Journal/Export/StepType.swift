/// BDF's step types as far as they can be told from what was asked and measured.
///
/// The journal holds currents and their reasons, not the protocol's words: a step whose requested
/// current never changed is a rest or a constant current; one whose current moved on one side of
/// zero while the voltage stayed within 20 mV is a constant voltage. Anything else (a ride, a mixed
/// step) has no BDF type and gets an empty field.
enum StepType: String {
  case rest = "REST"
  case constantCurrentCharge = "CC_CHG"
  case constantCurrentDischarge = "CC_DCH"
  case constantVoltageCharge = "CV_CHG"
  case constantVoltageDischarge = "CV_DCH"

  private static let voltageSpread = 0.02

  init?(lowestRequest low: Double, highestRequest high: Double, voltageRange: Double) {
    if low == 0, high == 0 {
      self = .rest
    } else if high - low <= 1e-6 * max(abs(low), abs(high)) {
      self = low > 0 ? .constantCurrentCharge : .constantCurrentDischarge
    } else if voltageRange <= Self.voltageSpread, low >= 0 || high <= 0 {
      self = high > 0 ? .constantVoltageCharge : .constantVoltageDischarge
    } else {
      return nil
    }
  }

  /// The types of a run's steps, by step number.
  static func all(_ view: JournalView) throws -> [Int: StepType] {
    var types: [Int: StepType] = [:]
    try view.each(
      """
      SELECT d.step, d.low, d.high, s.range FROM
        (SELECT step, min(requested_ampere) AS low, max(requested_ampere) AS high
         FROM decisions GROUP BY step) AS d
      JOIN (SELECT step, max(voltage_volt) - min(voltage_volt) AS range
         FROM samples GROUP BY step) AS s ON s.step = d.step
      """
    ) { row in
      guard let step = row.int(0), let low = row.double(1), let high = row.double(2) else { return }
      types[step] = StepType(
        lowestRequest: low, highestRequest: high, voltageRange: row.double(3) ?? .infinity)
    }
    return types
  }
}
