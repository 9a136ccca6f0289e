import Electrochemistry

extension CellIdentification {
  /// What is predicted of a record that was not fitted to, from its own start; errors are those that the fit
  /// found in its own records, at their widest.
  public func predicting(
    _ record: IdentificationRecord, _ found: IdentifiedCell
  ) -> PredictiveCheck {
    var fit = self
    var there = record
    if let widest = records.map(\.voltageErrors).max(by: {
      $0.discrepancySD < $1.discrepancySD
    }) {
      there.voltageErrors = widest
    }
    // A rested start, told by its voltage with these parameters.
    there.stateOfCharge = StartingCharge.find(
      found.cell, model: model, lithium: lithium(found.values),
      offsets: offsets(found.values),
      parameters: parameters, reference: base, record)
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

  /// Of the only record, all parameters held.
  private func fittedStart(_ found: IdentifiedCell) -> (charge: Double, voltageRMS: Double)? {
    let p = parameters.count
    guard records[0].stateOfChargeSD > 0 else { return nil }
    var fit = self
    fit.priors = found.values.prefix(p).map { FitPrior(mean: $0, sd: 1, bounds: $0...$0) }
    // Plain least squares: the smallest root mean square that a start gives.
    fit.records[0].voltageErrors = ErrorModel(noiseSD: 5e-3)
    fit.records[0].temperatures = []
    fit.records[0].separatorPotentials = []
    fit.records[0].steepness = []
    fit.huber = .infinity
    guard let best = fit.minimise(from: found.values) else { return nil }
    let run = fit.run(0, best.values, slopes: false)
    let squares = (0..<run.reached).reduce(0.0) {
      let error = records[0].voltages[$1] - run.voltages[$1]
      return $0 + error * error
    }
    return (best.values[p], (squares / Double(max(run.reached, 1))).squareRoot())
  }
}
