import Foundation
import Identification

/// What draws of the posterior say beside the profiles.
struct PosteriorReport: Encodable {
  /// All walks'.
  let draws: Int
  let acceptance: Double
  /// Largest of all values: 1 when all walks saw the same; nil when one never moved.
  let spreadRatio: Double?
  /// Fewest of all values.
  let independentDraws: Double
  /// 95 %, by parameter, in the estimate's unit.
  let intervals95: [String: [Double]]
  /// Farthest end from its profile's, in standard deviations of the covariance.
  let farthest: Double
  /// Of which parameter.
  let farthestParameter: String

  enum CodingKeys: String, CodingKey {
    case acceptance
    case draws = "count"
    case spreadRatio = "split_r_hat"
    case independentDraws = "independent_draws"
    case intervals95 = "intervals95"
    case farthest = "farthest_from_profile_sd"
    case farthestParameter = "farthest_parameter"
  }

  init(
    _ walks: PosteriorWalks, _ fit: CellIdentification, told: [Int], profiles: [ProfileInterval],
    _ found: IdentifiedCell
  ) {
    draws = walks.draws.reduce(0) { $0 + $1.count }
    acceptance = walks.acceptance
    let free = found.values.indices.filter { found.sd($0) > 0 }
    let ratio = free.map(walks.spreadRatio).max() ?? 1
    spreadRatio = ratio.isFinite ? ratio : nil
    independentDraws = free.map(walks.independentDraws).min() ?? 0
    var intervals: [String: [Double]] = [:]
    var worst = (distance: 0.0, name: "")
    for (k, profile) in zip(told, profiles) {
      let (parameter, own) = (fit.parameters[k], walks.interval(k))
      let ends = [own.lowerBound, own.upperBound]
      let base = fit.fileValue(k).value
      intervals[parameter.name] = parameter.isOffset ? ends : ends.map { base * exp($0) }
      let off = max(
        (own.lowerBound - profile.lower).magnitude, (own.upperBound - profile.upper).magnitude)
      if off / found.sd(k) > worst.distance { worst = (off / found.sd(k), parameter.name) }
    }
    (intervals95, farthest, farthestParameter) = (intervals, worst.distance, worst.name)
  }

  /// Whether the walks saw the same: else they say nothing.
  var settled: Bool { (spreadRatio ?? .infinity) < 1.05 && independentDraws >= 100 }

  var text: [String] {
    let ratio = spreadRatio.map { String(format: "%.3f", $0) } ?? "none"
    let head =
      "\(draws) draws, split R-hat \(ratio), as good as \(Int(independentDraws)) independent ones, "
      + "\(Int((100 * acceptance).rounded())) % accepted"
    guard settled else { return [head + ": not settled, ask for more"] }
    guard !farthestParameter.isEmpty else { return [head] }
    return [
      head + "; farthest end of a 95 % interval from its profile's: "
        + String(format: "%.2f sd", farthest) + " (\(farthestParameter))"
    ]
  }
}
