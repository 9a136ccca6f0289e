// Ranked goals: 1. never an indefinite covariance (Joseph form, symmetric by construction). 2. A failed
// step leaves the state as it was. 3. No allocation after `init`. 4. Speed: exact zeros of the
// transition Jacobian are skipped, so that static entries cost next to nothing.
// Oracle: a dense Kalman filter written from the textbook on a linear model (Tests/EstimationTests).

import Kernels

/// Extended Kalman filter over a `StateSpaceModel`: a value, so that a copy is a frozen filter
/// (copies share scratch: use them from one thread).
///
/// Source: Bar-Shalom, Li, Kirubarajan, Estimation with Applications to Tracking and Navigation
/// (2001), sections 5.2 (Joseph form), 5.4 (consistency) and 10.5 (iterated update).
public struct ExtendedKalmanFilter<Model: StateSpaceModel> {
  /// The model.
  public var model: Model
  /// Length of the state.
  public let dimension: Int
  /// Mean of the state.
  public internal(set) var mean: [Double]
  /// Covariance, row-major, symmetric.
  public internal(set) var covariance: [Double]

  var savedMean: [Double]
  var savedCovariance: [Double]
  var transitionJacobian: [Double]
  let propagation: CovariancePropagation
  let noDiagonal: [Double]
  var linearisationPoint: [Double]
  var outputs: [Double]
  var outputJacobian: [Double]
  var direction: [Double]

  /// A filter that starts at `mean` with `covariance` (row-major, symmetric, semidefinite allowed).
  public init(
    _ model: Model, mean: [Double], covariance: [Double]
  ) throws(EstimationError) {
    let n = model.dimension
    try FilterPrior.check(mean, covariance, dimension: n)
    self.model = model
    dimension = n
    self.mean = mean
    self.covariance = covariance
    savedMean = mean
    savedCovariance = covariance
    transitionJacobian = Array(repeating: 0, count: n * n)
    propagation = CovariancePropagation(count: n)
    noDiagonal = Array(repeating: 0, count: n)
    linearisationPoint = mean
    outputs = Array(repeating: 0, count: model.outputCount)
    outputJacobian = Array(repeating: 0, count: model.outputCount * n)
    direction = Array(repeating: 0, count: n)
  }

  /// Replaces mean and covariance, as after a restart.
  public mutating func reset(mean: [Double], covariance: [Double]) {
    guard mean.count == dimension, covariance.count == dimension * dimension else { return }
    for index in 0..<mean.count { self.mean[index] = mean[index] }
    for index in 0..<covariance.count { self.covariance[index] = covariance[index] }
  }

  /// Adds to the variance of one entry.
  public mutating func loosen(_ index: Int, variance: Double) {
    covariance[index * dimension + index] += variance
  }

  /// Standard deviation of one entry of the state.
  public func sd(_ index: Int) -> Double {
    covariance[index * dimension + index].squareRoot()
  }

  /// Variance of `row . state` for a row of a Jacobian, count = `dimension`.
  func variance(along row: UnsafePointer<Double>) -> Double {
    var total = 0.0
    for i in 0..<dimension where row[i] != 0 {
      var sum = 0.0
      for j in 0..<dimension { sum += covariance[i * dimension + j] * row[j] }
      total += row[i] * sum
    }
    return total
  }

  mutating func save() {
    for index in 0..<mean.count { savedMean[index] = mean[index] }
    savedCovariance.withUnsafeMutableBufferPointer { saved in
      covariance.withUnsafeBufferPointer { _ = saved.update(fromContentsOf: $0) }
    }
  }

  mutating func restore() {
    for index in 0..<mean.count { mean[index] = savedMean[index] }
    covariance.withUnsafeMutableBufferPointer { current in
      savedCovariance.withUnsafeBufferPointer { _ = current.update(fromContentsOf: $0) }
    }
  }

  func check(_ stage: StaticString) throws(EstimationError) {
    for value in mean where !value.isFinite {
      throw EstimationError(.notFinite, "filter, \(stage): state is \(value)")
    }
    for index in 0..<dimension {
      let value = covariance[index * dimension + index]
      guard value.isFinite else {
        throw EstimationError(
          .notFinite, "filter, \(stage): variance of entry \(index) is \(value)")
      }
      guard value >= 0 else {
        throw EstimationError(
          .covariance, "filter, \(stage): variance of entry \(index) is \(value), must be >= 0")
      }
    }
  }
}
