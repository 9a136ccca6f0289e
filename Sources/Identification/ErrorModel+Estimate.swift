import Kernels

extension ErrorModel {
  /// s, that a discrepancy may last.
  static let times = [20.0, 60, 200, 600, 2000, 6000]

  /// Of a discrepancy, of the residuals' size.
  static let shares = [0, 0.1, 0.2, 0.35, 0.5, 0.7, 1, 1.4, 2]

  /// That a charge may be off by.
  static let charges = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.04]

  /// The errors that explain residuals best: the greatest likelihood over noise and a grid of discrepancies.
  ///
  /// White noise is read off neighbouring rows where the median of their differences tells more than nothing
  /// (a coarse meter repeats itself: then `given` stands); a discrepancy of 0 is among the candidates. Whether
  /// the charge may be off is `given`'s word: then discrepancies are shares of what the residuals are where the
  /// reading is not steep.
  ///
  /// Errors whose 95 % band holds fewer than nine of ten residuals are no candidates: what a model leaves is
  /// smoother than the discrepancy's process, and thousands of small steps would outvote how far off it is.
  ///
  /// - Parameters:
  ///   - residuals: measured less shown.
  ///   - times: s, increasing.
  ///   - given: what the record's errors were taken to be.
  ///   - steepness: of the reading, a unit of charge, one a row; empty: none.
  package static func estimate(
    residuals: [Double], times: [Double], given: ErrorModel, steepness: [Double] = []
  ) -> ErrorModel {
    guard residuals.count >= 20 else { return given }
    let differences = zip(residuals.dropFirst(), residuals).map { ($0 - $1).magnitude }.sorted()
    // The median of |N(0, 2 sd^2)| is 0.954 sd.
    let noise = differences[differences.count / 2] / 0.954
    let floor = 0.25 * given.noiseSD
    let whole = (residuals.reduce(0) { $0 + $1 * $1 } / Double(residuals.count)).squareRoot()
    // The median of |N(0, sd^2)| is 0.674 sd.
    let usual = residuals.map(\.magnitude).sorted()[residuals.count / 2] / 0.674
    let charges = given.chargeSD > 0 && !steepness.isEmpty ? Self.charges : [0]
    var best = (likelihood: -Double.infinity, errors: given)
    for time in Self.times {
      let decays = Self.decays(times, over: time)
      for charge in charges {
        let scale = charge > 0 ? usual : whole
        for sd in Set([max(noise, floor), max(noise / 2, floor), given.noiseSD]) {
          for share in Self.shares where time == Self.times[0] || share + charge > 0 {
            let errors = ErrorModel(
              noiseSD: sd, discrepancySD: share * scale, discrepancyTime: time, chargeSD: charge)
            guard errors.holds(residuals, steepness) else { continue }
            let likelihood = errors.logLikelihood(residuals, decays: decays, steepness)
            if likelihood > best.likelihood { best = (likelihood, errors) }
          }
        }
      }
    }
    return best.errors
  }

  /// Whether the 95 % band holds nine of ten residuals.
  private func holds(_ residuals: [Double], _ steepness: [Double]) -> Bool {
    let outside = residuals.indices.count { i in
      let own = lasting(steepness.isEmpty ? 0 : steepness[i])
      let variance = noiseSD * noiseSD + own * own
      return residuals[i] * residuals[i] > 1.96 * 1.96 * variance
    }
    return 10 * outside <= residuals.count
  }

  /// What of a discrepancy is left from one row to the next.
  package static func decays(_ times: [Double], over time: Double) -> [Double] {
    times.indices.map { i in
      i == 0 ? 0 : Double.exponential(-(times[i] - times[i - 1]) / time)
    }
  }

  /// ln of the likelihood, up to a constant: `Whitening` without its arrays, for it is asked a thousand times.
  package func logLikelihood(
    _ residuals: [Double], decays: [Double], _ steepness: [Double] = []
  ) -> Double {
    let noise = noiseSD * noiseSD
    let flat = lasting(0)
    var (variance, state) = (1.0, 0.0)
    var (squares, logs, product) = (0.0, 0.0, 1.0)
    for i in residuals.indices {
      let a = decays[i]
      variance = a * a * variance + 1 - a * a
      state *= a
      let own = steepness.isEmpty ? flat : lasting(steepness[i])
      let total = own * own * variance + noise
      let innovation = residuals[i] - own * state
      state += own * variance / total * innovation
      variance *= noise / total
      squares += innovation * innovation / total
      // One logarithm for eight rows: variances are far from 0 and infinity to the eighth.
      product *= total
      if i % 8 == 7 { (logs, product) = (logs + Double.logarithm(product), 1) }
    }
    return -0.5 * (squares + logs + Double.logarithm(product))
  }
}
