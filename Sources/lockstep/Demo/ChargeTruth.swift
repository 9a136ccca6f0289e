import Records

/// One charge against the truth that only the rig knew. An instant is one row of the truth in which current flowed.
struct ChargeTruth: Codable {
  /// `prescription`, `baseline`; nil: part of no comparison.
  var arm: String?
  /// With current and voltage where it is a cccv.
  var policy: String
  /// s.
  var chargeSecond: Double
  /// Instants with current.
  var instants = 0
  /// Instants below the margin.
  var violations = 0
  /// Lowest true negative potential at the separator, V.
  var lowestPotentialVolt: Double?
  /// When that was, s.
  var lowestPotentialSecond: Double?
  /// Whether the true potential was at or above the margin in 99 % of the instants and never below 0.
  var isHeld = false
  /// Whether the report said that the margin was kept, if not by 2 sd.
  var isSaidKept: Bool
  /// Root mean square error of the estimated potential, V.
  var potentialErrorRmsVolt = 0.0
  /// Share of the instants in which the estimate was more than 5 mV too high.
  var optimisticShare = 0.0
  /// Largest error of the estimated state of charge.
  var stateOfChargeErrorLargest = 0.0
  /// State of charge, 0..1, that it truly gained.
  var stateOfChargeGained = 0.0

  /// - Parameters:
  ///   - rows: of the truth while it went on.
  ///   - margin: V.
  mutating func score(
    _ rows: [TruthTable.Row], _ estimates: [Double: Estimate], margin: Double
  ) {
    let flowing = rows.filter { $0.current > 0.1 }
    instants = flowing.count
    if let first = rows.first, let last = rows.last {
      stateOfChargeGained = last.stateOfCharge - first.stateOfCharge
    }
    violations = flowing.count { $0.negativePotential < margin }
    if let lowest = flowing.min(by: { $0.negativePotential < $1.negativePotential }) {
      lowestPotentialVolt = lowest.negativePotential
      lowestPotentialSecond = lowest.time
      isHeld = lowest.negativePotential >= 0 && Double(violations) <= 0.01 * Double(instants)
    }
    var (squares, count, optimistic) = (0.0, 0, 0)
    for row in rows {
      guard let estimate = estimates[row.time] else { continue }
      let error = estimate.negativePotentialAtSeparator.mean - row.negativePotential
      squares += error * error
      count += 1
      if error > 5e-3 { optimistic += 1 }
      stateOfChargeErrorLargest = max(
        stateOfChargeErrorLargest, abs(estimate.stateOfCharge.mean - row.stateOfCharge))
    }
    guard count > 0 else { return }
    potentialErrorRmsVolt = (squares / Double(count)).squareRoot()
    optimisticShare = Double(optimistic) / Double(count)
  }
}
