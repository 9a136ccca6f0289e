import Foundation
import Identification

/// What draws of the posterior say beside the profiles.
struct PosteriorReport: Encodable {
  /// All walks'.
  let draws: Int
  let acceptance: Double
  /// Largest of all values: 1 when all walks saw the same.
  let spreadRatio: Double
  /// Fewest of all values.
  let independentDraws: Double
  /// 95 %, by parameter: a factor on the file's value; V or K of an offset.
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
    spreadRatio = free.map(walks.spreadRatio).max() ?? 1
    independentDraws = free.map(walks.independentDraws).min() ?? 0
    var intervals: [String: [Double]] = [:]
    var worst = (distance: 0.0, name: "")
    for (k, profile) in zip(told, profiles) {
      let (parameter, own) = (fit.parameters[k], walks.interval(k))
      let ends = [own.lowerBound, own.upperBound]
      intervals[parameter.name] = parameter.isOffset ? ends : ends.map { exp($0) }
      let off = max(
        (own.lowerBound - profile.lower).magnitude, (own.upperBound - profile.upper).magnitude)
      if off / found.sd(k) > worst.distance { worst = (off / found.sd(k), parameter.name) }
    }
    (intervals95, farthest, farthestParameter) = (intervals, worst.distance, worst.name)
  }

  /// Whether the walks saw the same: else they say nothing.
  var settled: Bool { spreadRatio < 1.05 && independentDraws >= 100 }

  var text: [String] {
    let head = String(
      format: "%d draws, split R-hat %.3f, as good as %.0f independent ones, %.0f %% accepted",
      draws,
      spreadRatio, independentDraws, 100 * acceptance)
    guard settled else { return [head + ": not settled, ask for more"] }
    return [
      head
        + (farthestParameter.isEmpty
          ? ""
          : String(
            format: "; farthest end of a 95 %% interval from its profile's: %.2f sd (%@)", farthest,
            farthestParameter))
    ]
  }
}
