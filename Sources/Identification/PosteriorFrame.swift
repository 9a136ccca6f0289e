import Kernels

/// Coordinates in which a fit's covariance is the unit matrix, and the posterior there.
struct PosteriorFrame: Sendable {
  private let fit: CellIdentification
  private let centre: [Double]
  private let columns: [Double]
  private let priors: [FitPrior]
  /// Directions that are free.
  let count: Int

  init(_ fit: CellIdentification, _ found: IdentifiedCell) {
    self.fit = fit
    centre = found.values
    priors = fit.allPriors
    let factor = SemidefiniteFactor.columns(of: found.covariance, count: found.values.count)
    (columns, count) = (factor.numbers, factor.count)
  }

  /// As `IdentifiedCell.values`.
  func values(_ z: [Double]) -> [Double] {
    let n = centre.count
    var values = centre
    for (k, share) in z.enumerated() {
      for i in 0..<n { values[i] += share * columns[k * n + i] }
    }
    return values
  }

  /// -ln of the posterior, but for a constant; infinite out of bounds and where there is no model.
  private func cost(_ z: [Double]) -> Double {
    let values = values(z)
    for (value, prior) in zip(values, priors) where !prior.bounds.contains(value) {
      return .infinity
    }
    guard let data = fit.cost(values), data.isFinite else { return .infinity }
    return data + LevenbergMarquardt.priorCost(values, priors)
  }

  /// One walk; nil when the model cannot run at its start.
  func walk(
    _ kept: Int, seed: UInt64, stream: UInt64
  ) -> (draws: [[Double]], taken: Int, steps: Int)? {
    var random = RandomStream(seed: seed, stream: stream)
    func gaussians() -> [Double] { (0..<count).map { _ in random.gaussian() } }
    var here = (z: [Double](), cost: Double.infinity)
    // Beside several bounds hardly any draw is within all: nearer and nearer to the fit, which is.
    for attempt in 0..<12 where !here.cost.isFinite {
      let width = attempt == 11 ? 0 : 2.0.squareRoot() / Double(1 << (attempt / 2))
      here.z = gaussians().map { width * $0 }
      here.cost = cost(here.z)
    }
    guard here.cost.isFinite else { return nil }
    let steps = kept + (kept + 3) / 4
    var (draws, taken) = ([[Double]](), 0)
    draws.reserveCapacity(kept)
    for step in 0..<steps {
      let z: [Double]
      var favour = 0.0
      if random.uniform() < 0.5 {
        let stride = 2.38 / Double(count).squareRoot()
        z = zip(here.z, gaussians()).map { $0 + stride * $1 }
      } else {
        z = Self.wide(gaussians(), &random)
        favour = wideCost(z) - wideCost(here.z)
      }
      let there = cost(z)
      // ln of the ratio of posteriors, and of how often each is proposed from the other.
      if Double.logarithm(max(random.uniform(), 1e-300)) < here.cost - there + favour {
        here = (z, there)
        taken += 1
      }
      if step >= steps - kept { draws.append(values(here.z)) }
    }
    return (draws, taken, steps)
  }

  private static let freedom = 5.0

  /// Of Student's t.
  private static func wide(_ gaussians: [Double], _ random: inout RandomStream) -> [Double] {
    var square = 0.0
    for _ in 0..<Int(freedom) {
      let g = random.gaussian()
      square += g * g
    }
    let scale = (freedom / max(square, 1e-12)).squareRoot()
    return gaussians.map { scale * $0 }
  }

  /// -ln of its density, but for a constant.
  private func wideCost(_ z: [Double]) -> Double {
    let square = z.reduce(0) { $0 + $1 * $1 }
    return 0.5 * (Self.freedom + Double(count)) * Double.logarithm(1 + square / Self.freedom)
  }
}
