// Ranked goals: 1. never an indefinite covariance: it is kept as a factor, and every operation on it is
// an orthogonal one. 2. A failed step leaves the state as it was; a point outside the model's range is
// drawn nearer instead. 3. No allocation after `init`. 4. Speed: the model's evaluations are the cost.
// Oracle: a dense Kalman filter on a linear model, moments of a quadratic one in closed form, and Monte
// Carlo (Tests/EstimationTests).

import Kernels

/// Square-root unscented Kalman filter over an `EnsembleModel`: a value, so that a copy is a frozen filter
/// (copies share scratch: use them from one thread).
///
/// Points stand at the mean and 3^(1/2) standard deviations along each column of the factor. Their
/// first and second differences make mean and factor, so that all weights are positive (second-order
/// Stirling interpolation; the unscented weights of the centre are negative beyond three
/// dimensions, and a factor with them can fail).
///
/// Sources: Julier, Uhlmann 2004; Norgaard, Poulsen, Ravn 2000, Automatica 36:1627, eqs 24 to 33; van der
/// Merwe, Wan 2001 for the square-root form.
public struct UnscentedKalmanFilter<Model: EnsembleModel> {
  /// The model.
  public var model: Model
  /// Length of the state.
  public let dimension: Int
  /// Mean of the state.
  public internal(set) var mean: [Double]
  /// Lower triangular factor of the covariance, row-major.
  public internal(set) var factor: [Double]

  var savedMean: [Double]
  var savedFactor: [Double]
  let pairs: Int
  var states: [Double]
  var noise: [Double]
  var spreads: [Double]
  var failed: [Bool]
  var additive: [Double]
  let predicted: WideFactor
  let updated: WideFactor

  var outputs: [Double]
  var outputMean: [Double]
  /// First and second differences of the outputs along the pairs, `outputCount` x `pairs` each.
  var slopes: [Double]
  var curvatures: [Double]
  var innovations: InnovationSystem
  /// Outputs and variances of the channels that an update takes in.
  var used: [Int]
  var variances: [Double]
  var noiseFactor: [Double]
  var gain: [Double]

  /// Standard deviations from the mean to a point: the kurtosis of a normal distribution, rooted.
  static var fullSpread: Double { 3.0.squareRoot() }

  /// A filter that starts at `mean` with `covariance` (row-major, symmetric, semidefinite allowed).
  public init(_ model: Model, mean: [Double], covariance: [Double]) throws(EstimationError) {
    let n = model.dimension
    try FilterPrior.check(mean, covariance, dimension: n)
    self.model = model
    dimension = n
    self.mean = mean
    factor = SemidefiniteFactor.lower(of: covariance, count: n)
    savedMean = mean
    savedFactor = factor
    pairs = n + model.noiseCount
    let members = 1 + 2 * pairs
    states = Array(repeating: 0, count: members * n)
    noise = Array(repeating: 0, count: members * model.noiseCount)
    spreads = Array(repeating: Self.fullSpread, count: pairs)
    failed = Array(repeating: false, count: members)
    additive = Array(repeating: 0, count: n * model.additiveCount)
    predicted = WideFactor(rows: n, columns: 2 * pairs + model.additiveCount)
    updated = WideFactor(rows: n, columns: n + model.outputCount)
    outputs = Array(repeating: 0, count: members * model.outputCount)
    outputMean = Array(repeating: 0, count: model.outputCount)
    slopes = Array(repeating: 0, count: model.outputCount * pairs)
    curvatures = slopes
    innovations = InnovationSystem(count: model.outputCount)
    used = Array(repeating: 0, count: model.outputCount)
    variances = outputMean
    noiseFactor = Array(repeating: 0, count: model.outputCount * model.outputCount)
    gain = outputMean
  }

  /// Replaces mean and covariance, as after a restart.
  public mutating func reset(mean: [Double], covariance: [Double]) {
    guard mean.count == dimension, covariance.count == dimension * dimension else { return }
    self.mean = mean
    factor = SemidefiniteFactor.lower(of: covariance, count: dimension)
  }

  /// Covariance, row-major. Allocates.
  public var covariance: [Double] {
    var result = Array(repeating: 0.0, count: dimension * dimension)
    for i in 0..<dimension {
      for j in 0...i {
        var sum = 0.0
        for k in 0...j { sum += factor[i * dimension + k] * factor[j * dimension + k] }
        result[i * dimension + j] = sum
        result[j * dimension + i] = sum
      }
    }
    return result
  }

  /// Standard deviation of one entry of the state.
  public func sd(_ index: Int) -> Double {
    var sum = 0.0
    for k in 0...index {
      let value = factor[index * dimension + k]
      sum += value * value
    }
    return sum.squareRoot()
  }

  mutating func save() {
    for index in 0..<mean.count { savedMean[index] = mean[index] }
    for index in 0..<factor.count { savedFactor[index] = factor[index] }
  }

  mutating func restore() {
    for index in 0..<mean.count { mean[index] = savedMean[index] }
    for index in 0..<factor.count { factor[index] = savedFactor[index] }
  }

  func check(_ stage: StaticString) throws(EstimationError) {
    for value in mean where !value.isFinite {
      throw EstimationError(.notFinite, "filter, \(stage): state is \(value)")
    }
    for value in factor where !value.isFinite {
      throw EstimationError(.notFinite, "filter, \(stage): factor holds \(value)")
    }
  }
}
