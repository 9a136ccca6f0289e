import Kernels

extension CellIdentification {
  /// The most likely values, from several starts, with the errors that the records show.
  ///
  /// Starts: the priors' means, then draws of half their widths: least squares in diffusivities and rate
  /// constants has more than one minimum (M. D. Berliner et al., J. Electrochem. Soc. 168 (2021) 090546), and
  /// one that several starts agree on is the likelier. The errors are first the records' own; what the best
  /// fit leaves then tells noise and discrepancy (`ErrorModel.estimate`), and the fit is done once more.
  ///
  /// - Parameters:
  ///   - starts: at least 1.
  ///   - seed: of the draws.
  ///   - estimatesErrors: false: the records' error models are right as they are.
  /// - Returns: nil when the model cannot run at any start.
  public mutating func run(
    starts: Int = 3, seed: UInt64 = 1, estimatesErrors: Bool = true, rounds: Int = 40
  ) -> IdentifiedCell? {
    let given = records
    steepen(allPriors.map(\.mean), given)
    var stream = RandomStream(seed: seed)
    var found: [LevenbergMarquardt.Minimum] = []
    for start in 0..<max(starts, 1) {
      let values = allPriors.map {
        start == 0 || !$0.isFree ? $0.mean : $0.mean + 0.5 * $0.sd * stream.gaussian()
      }
      if let minimum = minimise(from: values, rounds: rounds) { found.append(minimum) }
    }
    guard var best = found.min(by: { $0.cost < $1.cost }) else { return nil }
    let agreeing = found.filter { $0.cost < best.cost + 1 }.count
    if estimatesErrors {
      for _ in 0..<2 {
        steepen(best.values, given)
        estimateErrors(best.values, given)
        guard let again = minimise(from: best.values, rounds: rounds) else { return nil }
        best = again
      }
    }
    var identified = IdentifiedCell(
      cell: cell(best.values), parameters: parameters, values: best.values,
      covariance: best.covariance, cost: best.cost, rounds: best.rounds,
      converged: best.converged, voltageErrors: records.map(\.voltageErrors))
    identified.agreeingStarts = (agreeing, max(starts, 1))
    return identified
  }

  func minimise(
    from values: [Double], fixing fixed: Int? = nil, rounds: Int = 40
  ) -> LevenbergMarquardt.Minimum? {
    var priors = allPriors
    if let fixed { priors[fixed].bounds = values[fixed]...values[fixed] }
    let method = LevenbergMarquardt(
      priors: priors, cost: cost, linearise: linearised, rounds: rounds, tolerance: 1e-3)
    return method.minimise(from: values)
  }

  /// How steep each record's voltage is in its charge, where that may be off by what the records were given.
  private mutating func steepen(_ values: [Double], _ given: [IdentificationRecord]) {
    let fit = self
    let found = concurrently(records.count) { r -> [Double] in
      guard given[r].voltageErrors.chargeSD > 0 else { return [] }
      return fit.run(r, values, slopes: true).steepness
    }
    for (r, steepness) in found.enumerated() { records[r].steepness = steepness }
  }

  /// Reads noise and discrepancy off what a fit leaves.
  ///
  /// - Parameter given: the records with the errors that they were given.
  private mutating func estimateErrors(_ values: [Double], _ given: [IdentificationRecord]) {
    let fit = self
    let found = concurrently(records.count) { r -> [ErrorModel] in
      let (record, run) = (fit.records[r], fit.run(r, values, slopes: false))
      let rows = 0..<run.reached
      func estimate(
        _ shown: [Double], _ measured: [Double], _ given: ErrorModel, _ steepness: [Double] = []
      ) -> ErrorModel {
        guard !measured.isEmpty else { return given }
        return .estimate(
          residuals: rows.map { measured[$0] - shown[$0] }, times: rows.map { record.times[$0] },
          given: given, steepness: Array(steepness.prefix(rows.count)))
      }
      return [
        estimate(run.voltages, record.voltages, given[r].voltageErrors, record.steepness),
        estimate(run.temperatures, record.temperatures, given[r].temperatureErrors),
        estimate(
          run.separatorPotentials, record.separatorPotentials, given[r].separatorErrors),
      ]
    }
    for (r, errors) in found.enumerated() {
      (records[r].voltageErrors, records[r].temperatureErrors) = (errors[0], errors[1])
      records[r].separatorErrors = errors[2]
    }
  }
}
