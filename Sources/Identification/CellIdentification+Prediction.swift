import Electrochemistry

extension CellIdentification {
  /// What is predicted of a record that was not fitted to, from its own start; errors are those that the fit
  /// found in its own records, at their widest.
  public func predicting(
    _ record: IdentificationRecord, _ found: IdentifiedCell
  ) -> PredictiveCheck {
    var fit = self
    var there = record
    there.voltageErrors = widestErrors ?? record.voltageErrors
    var warmed = record
    warmed.current = record.current.inAir(warmerBy: value(.ambientOffset, found.values))
    // A rested start, told by its voltage with these parameters.
    there.stateOfCharge = StartingCharge.find(
      found.cell, model: model, lithium: lithium(found.values),
      offsets: offsets(found.values),
      parameters: parameters, reference: base, warmed)
    fit.records = [there]
    let p = parameters.count
    let n = found.values.count
    var covariance = [Double](repeating: 0, count: (p + 1) * (p + 1))
    for i in 0..<p { for j in 0..<p { covariance[i * (p + 1) + j] = found.covariance[i * n + j] } }
    covariance[p * (p + 1) + p] = there.stateOfChargeSD * there.stateOfChargeSD * 0.01
    let moved = IdentifiedCell(
      cell: found.cell, parameters: parameters, values: Array(found.values.prefix(p)) + [0],
      covariance: covariance, cost: found.cost, rounds: found.rounds, converged: found.converged,
      voltageErrors: [there.voltageErrors])
    var check = PredictiveCheck(fit, moved, record: 0)
    check.fittedStart = fit.fittedStart(moved)
    return check
  }

  /// Of each kind of error the largest that the fit found; nil without records.
  private var widestErrors: ErrorModel? {
    guard
      var widest = records.map(\.voltageErrors).max(by: { $0.discrepancySD < $1.discrepancySD })
    else { return nil }
    widest.chargeSD = records.map(\.voltageErrors.chargeSD).max() ?? 0
    return widest
  }

  /// Of the only record, all parameters held: Gauss-Newton in the charge alone, by differences; the best of all
  /// that were tried, none of which may reach fewer rows than the start that the first voltage tells.
  private func fittedStart(
    _ found: IdentifiedCell
  ) -> (charge: Double, voltageRMS: Double, reached: Int)? {
    guard records[0].stateOfChargeSD > 0 else { return nil }
    let (p, voltages) = (parameters.count, records[0].voltages)
    func errors(_ charge: Double) -> [Double] {
      var values = found.values
      values[p] = charge
      let run = run(0, values, slopes: false)
      return (0..<run.reached).map { run.voltages[$0] - voltages[$0] }
    }
    func rms(_ errors: [Double]) -> Double {
      (errors.reduce(0) { $0 + $1 * $1 } / Double(max(errors.count, 1))).squareRoot()
    }
    var charge = found.values[p]
    var here = errors(charge)
    guard !here.isEmpty else { return nil }
    var best = (charge: charge, voltageRMS: rms(here), reached: here.count)
    for _ in 0..<8 {
      let step = 1e-3
      let (slope, product) = zip(here, errors(charge + step)).reduce((0.0, 0.0)) { sums, pair in
        let s = (pair.1 - pair.0) / step
        return (sums.0 + s * s, sums.1 + s * pair.0)
      }
      guard slope > 0 else { break }
      let change = min(max(-product / slope, -0.05), 0.05)
      charge += change
      here = errors(charge)
      guard here.count >= best.reached else { break }
      let size = rms(here)
      if size < best.voltageRMS { best = (charge, size, here.count) }
      if change.magnitude < 1e-5 { break }
    }
    return best
  }
}
