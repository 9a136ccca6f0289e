import Kernels

extension ErrorModel {
  /// s, that a discrepancy may last.
  static let times = [20.0, 60, 200, 600, 2000, 6000]

  /// The errors that explain residuals best: the greatest likelihood over noise and a grid of discrepancies.
  ///
  /// White noise is read off neighbouring rows where the median of their differences tells more than nothing
  /// (a coarse meter repeats itself: then `given` stands); a discrepancy of 0 is among the candidates.
  ///
  /// - Parameters:
  ///   - residuals: measured less shown.
  ///   - times: s, increasing.
  ///   - given: what the record's errors were taken to be.
  package static func estimate(
    residuals: [Double], times: [Double], given: ErrorModel
  ) -> ErrorModel {
    guard residuals.count >= 20 else { return given }
    let differences = zip(residuals.dropFirst(), residuals).map { ($0 - $1).magnitude }.sorted()
    // The median of |N(0, 2 sd^2)| is 0.954 sd.
    let noise = differences[differences.count / 2] / 0.954
    let floor = 0.25 * given.noiseSD
    let whole = (residuals.reduce(0) { $0 + $1 * $1 } / Double(residuals.count)).squareRoot()
    var best = (likelihood: -Double.infinity, errors: given)
    for sd in Set([max(noise, floor), max(noise / 2, floor), given.noiseSD]) {
      for share in [0, 0.1, 0.2, 0.35, 0.5, 0.7, 1, 1.4, 2] {
        for time in share == 0 ? [300] : Self.times {
          let errors = ErrorModel(
            noiseSD: sd, discrepancySD: share * whole, discrepancyTime: time)
          let likelihood = errors.logLikelihood(residuals, times)
          if likelihood > best.likelihood { best = (likelihood, errors) }
        }
      }
    }
    return best.errors
  }

  /// ln of the likelihood, up to a constant.
  package func logLikelihood(_ residuals: [Double], _ times: [Double]) -> Double {
    let whitening = Whitening(self, times: times)
    var white = residuals
    whitening.apply(&white, width: 1, rows: white.count)
    return -0.5 * (white.reduce(0) { $0 + $1 * $1 } + whitening.logVariances)
  }
}
