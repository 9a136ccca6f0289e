/// A value's Gaussian prior and its bounds.
package struct FitPrior: Sendable {
  var mean: Double
  var sd: Double
  var bounds: ClosedRange<Double>
}
