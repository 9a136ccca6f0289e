import Kernels

// Goals, in order: 1. draws of the posterior itself, whatever its shape; 2. to say when they are not enough;
// 3. few runs of the model, of which each draw costs one. Oracle: a Gaussian posterior, whose covariance is
// known, and the half of one beside a bound (Tests/IdentificationTests).

/// Draws of an identification's posterior by Metropolis's rule: a check of covariance and profiles, which are
/// both drawn around one minimum.
///
/// In coordinates z in which the fit's covariance is the unit matrix, each step is by even chance a walk of
/// 2.38/sqrt(n) (A. Gelman, G. O. Roberts, W. R. Gilks, Bayesian Statistics 5 (1996) 599) or a draw anywhere
/// from Student's t of 5 degrees of freedom, wider than the posterior (L. Tierney, Ann. Stat. 22 (1994) 1701).
/// Each walk starts at a draw of twice the covariance; its first fifth is left out.
public struct PosteriorWalks: Sendable {
  /// By walk, draw and value, as `IdentifiedCell.values`.
  public let draws: [[[Double]]]
  /// Share of steps that were taken.
  public let acceptance: Double

  /// Walks that were made.
  package init(draws: [[[Double]]], acceptance: Double) {
    (self.draws, self.acceptance) = (draws, acceptance)
  }

  /// What 95 % of the draws of value `k` lie in, as many below as above.
  public func interval(_ k: Int) -> ClosedRange<Double> {
    let sorted = draws.flatMap { walk in walk.map { $0[k] } }.sorted()
    func quantile(_ share: Double) -> Double {
      let at = share * Double(sorted.count - 1)
      let (below, part) = (Int(at), at - at.rounded(.down))
      return sorted[below] + part * (sorted[min(below + 1, sorted.count - 1)] - sorted[below])
    }
    return quantile(0.025)...quantile(0.975)
  }

  /// How much wider all halves of the walks together are than each (A. Gelman et al., Bayesian Data Analysis,
  /// 3rd ed. (2013), eq. 11.4): 1 when all saw the same.
  public func spreadRatio(_ k: Int) -> Double {
    let halves = draws.flatMap { walk -> [[Double]] in
      let values = walk.map { $0[k] }
      let half = values.count / 2
      return [Array(values.prefix(half)), Array(values.suffix(half))]
    }
    let n = Double(halves[0].count)
    let moments = halves.map(Self.moments)
    let means = Self.moments(moments.map(\.mean))
    let within = moments.reduce(0) { $0 + $1.variance } / Double(moments.count)
    guard within > 0 else { return means.variance > 0 ? .infinity : 1 }
    return (((n - 1) / n * within + means.variance) / within).squareRoot()
  }

  /// Independent draws that would tell the mean of value `k` as well: autocorrelations are summed in pairs
  /// until a pair is no longer positive (C. J. Geyer, Stat. Sci. 7 (1992) 473).
  public func independentDraws(_ k: Int) -> Double {
    draws.reduce(0) { sum, walk in
      let values = walk.map { $0[k] }
      let (mean, variance) = Self.moments(values)
      guard variance > 0 else { return sum }
      func correlation(_ lag: Int) -> Double {
        var total = 0.0
        for i in 0..<(values.count - lag) { total += (values[i] - mean) * (values[i + lag] - mean) }
        return total / (Double(values.count) * variance)
      }
      var (time, lag) = (-1.0, 0)
      while lag + 1 < values.count {
        let pair = correlation(lag) + correlation(lag + 1)
        guard pair > 0 else { break }
        time += 2 * pair
        lag += 2
      }
      return sum + Double(values.count) / max(time, 1)
    }
  }

  private static func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, squares / max(n - 1, 1))
  }
}

extension CellIdentification {
  /// Draws of the posterior of `found`, with the records' errors as the fit found them.
  ///
  /// - Parameters:
  ///   - count: draws kept in all.
  ///   - walks: that go side by side.
  /// - Returns: nil when nothing is free, or the model cannot run where a walk is to start.
  public func posterior(
    _ found: IdentifiedCell, count: Int, walks: Int = 4, seed: UInt64 = 1
  ) -> PosteriorWalks? {
    let frame = PosteriorFrame(self, found)
    guard frame.count > 0 else { return nil }
    let each = max((count + walks - 1) / walks, 8)
    let all = concurrently(walks) { frame.walk(each, seed: seed, stream: UInt64(61 + $0)) }
    let parts = all.compactMap(\.self)
    guard parts.count == walks else { return nil }
    let taken = parts.reduce(0) { $0 + $1.taken }
    let steps = parts.reduce(0) { $0 + $1.steps }
    return PosteriorWalks(
      draws: parts.map(\.draws), acceptance: Double(taken) / Double(max(steps, 1)))
  }
}
