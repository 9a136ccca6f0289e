/// What any filter wants of the belief that it starts with.
enum FilterPrior {
  /// - Throws: when `mean` and `covariance` (row-major) are not of `dimension`, or not finite.
  static func check(_ mean: [Double], _ covariance: [Double], dimension n: Int)
    throws(EstimationError)
  {
    guard n > 0, mean.count == n, covariance.count == n * n else {
      throw EstimationError(
        .input, "filter: state of \(mean.count), covariance of \(covariance.count), model of \(n)")
    }
    guard mean.allSatisfy(\.isFinite), covariance.allSatisfy(\.isFinite) else {
      throw EstimationError(.notFinite, "filter: initial mean and covariance must be finite")
    }
  }

  /// - Throws: when a prediction is not forward in time.
  static func check(duration: Double) throws(EstimationError) {
    guard duration > 0, duration.isFinite else {
      throw EstimationError(.input, "filter, predict: duration \(duration) s, must be positive")
    }
  }
}
