/// What Levenberg-Marquardt minimises: half the weighted squares of residuals and of what the
/// values stray from their priors.
protocol FitProblem {
  /// Priors and bounds, one for each value.
  var priors: [FitPrior] { get }
  /// Cost, gradient and Gauss-Newton matrix of the data alone; nil where there is no model.
  func linearised(_ values: [Double]) -> FitLinearisation?
  /// Cost of the data alone; nil where there is no model.
  func cost(_ values: [Double]) -> Double?
}

/// A value's Gaussian prior and bounds.
struct FitPrior: Sendable {
  var mean: Double
  var sd: Double
  var bounds: ClosedRange<Double>
}

/// The data's cost near some values.
struct FitLinearisation: Sendable {
  var cost: Double
  var gradient: [Double]
  /// Row by row.
  var matrix: [Double]
}
