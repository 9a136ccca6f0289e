// Goals, in order: 1. the minimum of data and prior together, inside the bounds; 2. few
// linearisations, for each costs a run of every record per parameter.

/// Levenberg-Marquardt with Gaussian priors and bounds.
///
/// Each round solves (H + lambda diag H) d = -g, where H and g hold the data's Gauss-Newton matrix
/// and gradient and the priors', over the values that no bound holds back, and halves or multiplies
/// lambda by how far the cost fell (Marquardt, J. SIAM 11 (1963) 431). The prior keeps H definite.
struct LevenbergMarquardt {
  /// Of the values.
  var priors: [FitPrior]
  /// The data's cost at values; nil where there is no model.
  var cost: ([Double]) -> Double?
  /// The same with slope and matrix.
  var linearise: ([Double]) -> FitLinearisation?
  /// Linearisations at most.
  var rounds = 25
  /// Ends when a round lowers the cost by less than this; costs count half squares of standard
  /// deviations, so 0.01 is far below what any parameter's interval would notice.
  var tolerance = 0.01
  /// Sees each round: number, cost, damping.
  var progress: (Int, Double, Double) -> Void = { _, _, _ in }

  struct Minimum {
    var values: [Double]
    var cost: Double
    /// Inverse of H at the minimum, row by row.
    var covariance: [Double]
    var rounds: Int
    var converged: Bool
  }

  /// Nil when there is no model at `start`, or none whose slopes are numbers at the minimum.
  func minimise(from start: [Double]) -> Minimum? {
    var values = zip(start, priors).map { min(max($0, $1.bounds.lowerBound), $1.bounds.upperBound) }
    var damping = 1e-2
    guard var here = linearise(values) else { return nil }
    var total = here.cost + Self.priorCost(values, priors)
    var converged = false
    var round = 0
    while round < rounds, !converged {
      round += 1
      progress(round, total, damping)
      guard let next = descend(values, here, total, &damping) else {
        converged = true
        break
      }
      converged = total - next.total < tolerance
      (values, total) = next
      guard let there = linearise(values) else { return nil }
      here = there
      // Robust weights move with the values.
      total = here.cost + Self.priorCost(values, priors)
    }
    guard let covariance = Self.covariance(Self.matrix(here, priors), priors) else { return nil }
    return Minimum(
      values: values, cost: total, covariance: covariance, rounds: round, converged: converged)
  }

  /// The first damping that lowers the cost; nil when none does.
  private func descend(
    _ values: [Double], _ here: FitLinearisation, _ total: Double, _ damping: inout Double
  ) -> (values: [Double], total: Double)? {
    let matrix = Self.matrix(here, priors)
    let gradient = values.indices.map {
      here.gradient[$0] + (values[$0] - priors[$0].mean) / (priors[$0].sd * priors[$0].sd)
    }
    while damping < 1e8 {
      let step = Self.step(matrix, gradient, values, priors, damping)
      let tried = values.indices.map {
        min(max(values[$0] + step[$0], priors[$0].bounds.lowerBound), priors[$0].bounds.upperBound)
      }
      if let data = cost(tried) {
        let there = data + Self.priorCost(tried, priors)
        if there < total {
          damping = max(damping / 5, 1e-7)
          return (tried, there)
        }
      }
      damping *= 4
    }
    return nil
  }

  private static func step(
    _ matrix: [Double], _ gradient: [Double], _ values: [Double], _ priors: [FitPrior],
    _ damping: Double
  ) -> [Double] {
    let n = values.count
    let free = values.indices.filter {
      let bounds = priors[$0].bounds
      return !(values[$0] <= bounds.lowerBound && gradient[$0] > 0)
        && !(values[$0] >= bounds.upperBound && gradient[$0] < 0)
    }
    var reduced = [Double](repeating: 0, count: free.count * free.count)
    for (i, a) in free.enumerated() {
      for (j, b) in free.enumerated() { reduced[i * free.count + j] = matrix[a * n + b] }
      reduced[i * free.count + i] *= 1 + damping
    }
    var step = [Double](repeating: 0, count: n)
    guard let system = SymmetricSystem(reduced, count: free.count) else { return step }
    for (i, d) in zip(free, system.solve(free.map { -gradient[$0] })) { step[i] = d }
    return step
  }

  /// Inverse over the values that are not given; those have no variance.
  /// Values count by the sd that each would have with the others known, for their units differ by orders.
  private static func covariance(_ matrix: [Double], _ priors: [FitPrior]) -> [Double]? {
    let n = priors.count
    let free = priors.indices.filter { priors[$0].isFree }
    let scale = free.map { 1 / matrix[$0 * n + $0].squareRoot() }
    let part = free.enumerated().flatMap { i, a in
      free.enumerated().map { j, b in scale[i] * matrix[a * n + b] * scale[j] }
    }
    guard let inverse = SymmetricSystem(part, count: free.count)?.inverse else { return nil }
    var covariance = [Double](repeating: 0, count: n * n)
    for (i, a) in free.enumerated() {
      for (j, b) in free.enumerated() {
        covariance[a * n + b] = scale[i] * inverse[i * free.count + j] * scale[j]
      }
    }
    return covariance
  }

  private static func matrix(_ data: FitLinearisation, _ priors: [FitPrior]) -> [Double] {
    var matrix = data.matrix
    for (i, prior) in priors.enumerated() {
      matrix[i * priors.count + i] += 1 / (prior.sd * prior.sd)
    }
    return matrix
  }

  static func priorCost(_ values: [Double], _ priors: [FitPrior]) -> Double {
    zip(values, priors).reduce(0) { sum, pair in
      let d = (pair.0 - pair.1.mean) / pair.1.sd
      return sum + 0.5 * d * d
    }
  }
}
