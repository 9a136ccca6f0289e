// Ranked goals: 1. never an indefinite covariance: it is kept as a factor, and every operation on it is
// an orthogonal one or Potter's. 2. A failed step leaves the state as it was; a point outside the model's
// range is drawn nearer instead. 3. No allocation after `init`. 4. Speed: the model's evaluations are the
// cost, and there are only as many as there are directions in which anything is uncertain.
// Oracle: a dense Kalman filter on a linear model, moments of a quadratic one in closed form, and Monte
// Carlo (Tests/EstimationTests).

import Kernels

/// Square-root unscented Kalman filter over an `EnsembleModel`: a value, so that a copy is a frozen filter
/// (copies share scratch: use them from one thread).
///
/// Points stand at the mean and 3^(1/2) standard deviations along each column of the factor. Their
/// first and second differences make mean and factor, so that all weights are positive (second-order
/// Stirling interpolation; the unscented weights of the centre are negative beyond three
/// dimensions, and a factor with them can fail). The factor has `EnsembleModel.rank` columns: a cell's
/// hundreds of shells move in a few directions only.
///
/// Sources: Julier, Uhlmann 2004; Norgaard, Poulsen, Ravn 2000, Automatica 36:1627, eqs 24 to 33; van der
/// Merwe, Wan 2001 for the square-root form; Potter's update as in Bierman 1977, eq. II.7; Verlaan,
/// Heemink 1997 for the reduced rank.
public struct UnscentedKalmanFilter<Model: EnsembleModel> {
  /// The model.
  public var model: Model
  /// Length of the state.
  public let dimension: Int
  /// Columns of the factor.
  public let rank: Int
  /// Mean of the state.
  public internal(set) var mean: [Double]
  /// Factor of the covariance: `rank` columns of `stride` numbers, the state's first.
  public internal(set) var factor: [Double]

  let stride: Int
  var savedMean: [Double]
  var savedFactor: [Double]
  let pairs: Int
  var states: [Double]
  var noise: [Double]
  var spreads: [Double]
  var failed: [Bool]
  var additive: [Double]
  let predicted: LowRankFactor

  var outputs: [Double]
  var outputMean: [Double]
  /// First and second differences of the outputs along the pairs, `outputCount` x `pairs` each.
  var slopes: [Double]
  var curvatures: [Double]
  var innovations: InnovationSystem
  /// Outputs of the channels that an update takes in.
  var used: [Int]
  var direction: [Double]
  var gain: [Double]
  var covariances: [Double]

  /// Standard deviations from the mean to a point: the kurtosis of a normal distribution, rooted.
  static var fullSpread: Double { 3.0.squareRoot() }

  /// A filter that starts at `mean` with `covariance` (row-major, symmetric, semidefinite allowed; of more
  /// than the model's rank what is least in the model's sizes is dropped).
  public init(_ model: Model, mean: [Double], covariance: [Double]) throws(EstimationError) {
    let n = model.dimension
    try FilterPrior.check(mean, covariance, dimension: n)
    self.model = model
    dimension = n
    rank = min(model.rank, n)
    self.mean = mean
    pairs = rank + model.noiseCount
    predicted = LowRankFactor(
      sizes: model.sizes, capacity: 2 * pairs + model.additiveCount)
    stride = predicted.stride
    factor = Array(repeating: 0, count: rank * stride)
    savedMean = mean
    savedFactor = factor
    let members = 1 + 2 * pairs
    states = Array(repeating: 0, count: members * n)
    noise = Array(repeating: 0, count: members * model.noiseCount)
    spreads = Array(repeating: Self.fullSpread, count: pairs)
    failed = Array(repeating: false, count: members)
    additive = Array(repeating: 0, count: n * model.additiveCount)
    outputs = Array(repeating: 0, count: members * model.outputCount)
    outputMean = Array(repeating: 0, count: model.outputCount)
    slopes = Array(repeating: 0, count: model.outputCount * pairs)
    curvatures = slopes
    innovations = InnovationSystem(count: model.outputCount)
    used = Array(repeating: 0, count: model.outputCount)
    covariances = outputMean
    direction = Array(repeating: 0, count: rank)
    gain = Array(repeating: 0, count: stride)
    reset(mean: mean, covariance: covariance)
  }

  /// Replaces mean and covariance, as after a restart. Allocates.
  public mutating func reset(mean: [Double], covariance: [Double]) {
    guard mean.count == dimension, covariance.count == dimension * dimension else { return }
    self.mean = mean
    let (lower, columns) = SemidefiniteFactor.columns(of: covariance, count: dimension)
    let whole = LowRankFactor(sizes: model.sizes, capacity: columns)
    for j in 0..<columns {
      let column = whole.column(j)
      for i in 0..<dimension { column[i] = lower[j * dimension + i] }
    }
    whole.compress(width: columns, own: model.ownDirections, rank: rank, into: &factor)
  }

  /// Adds to the variance of one entry. Allocates.
  public mutating func loosen(_ index: Int, variance: Double) {
    // One column more: squares of what is known to many digits would not come apart again.
    let whole = LowRankFactor(sizes: model.sizes, capacity: rank + 1)
    for j in 0..<rank {
      let column = whole.column(j)
      for i in 0..<dimension { column[i] = factor[j * stride + i] }
    }
    let own = whole.column(rank)
    for i in 0..<dimension { own[i] = i == index ? variance.squareRoot() : 0 }
    whole.compress(width: rank + 1, own: model.ownDirections, rank: rank, into: &factor)
  }

  /// Covariance, row-major. Allocates.
  public var covariance: [Double] {
    var result = Array(repeating: 0.0, count: dimension * dimension)
    for i in 0..<dimension {
      for j in 0...i {
        var sum = 0.0
        for k in 0..<rank { sum += factor[k * stride + i] * factor[k * stride + j] }
        result[i * dimension + j] = sum
        result[j * dimension + i] = sum
      }
    }
    return result
  }

  /// Standard deviation of one entry of the state.
  public func sd(_ index: Int) -> Double {
    var sum = 0.0
    for k in 0..<rank {
      let value = factor[k * stride + index]
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
