import Kernels

/// Turns residuals at given times into independent ones of variance 1, and their slopes with them: the
/// scalar Kalman filter of the discrepancy, whose gains depend on the times only. The sum of squares is then
/// the exact -2 ln of the likelihood, up to `logVariances`.
///
/// C. F. Ansley, Biometrika 66 (1979) 59, for the general case.
package struct Whitening {
  private let decay: [Double]
  /// What the discrepancy, of variance 1 here, is multiplied by in each row.
  private let amplitude: [Double]
  private let gain: [Double]
  private let scale: [Double]
  /// Sum of ln of the innovations' variances.
  package let logVariances: Double

  /// - Parameters:
  ///   - times: s, increasing.
  ///   - noise: share of the noise's variance that a row has; empty: 1 each.
  ///   - extra: added to a row's noise variance, in the reading's unit squared; empty for none.
  ///   - steepness: of the reading, a unit of charge, one a row; empty: none.
  package init(
    _ model: ErrorModel, times: [Double], noise share: [Double] = [], extra: [Double] = [],
    steepness: [Double] = []
  ) {
    var (variance, sum) = (1.0, 0.0)
    var (decay, amplitude, gain, scale) = ([Double](), [Double](), [Double](), [Double]())
    for (i, time) in times.enumerated() {
      let a = i == 0 ? 0 : Double.exponential(-(time - times[i - 1]) / model.discrepancyTime)
      variance = a * a * variance + 1 - a * a
      let noise =
        model.noiseSD * model.noiseSD * (share.isEmpty ? 1 : share[i])
        + (extra.isEmpty ? 0 : extra[i])
      let own = model.lasting(steepness.isEmpty ? 0 : steepness[i])
      let total = own * own * variance + noise
      decay.append(a)
      amplitude.append(own)
      gain.append(own * variance / total)
      scale.append(1 / total.squareRoot())
      sum += Double.logarithm(total)
      variance *= noise / total
    }
    (self.decay, self.amplitude, self.gain, self.scale) = (decay, amplitude, gain, scale)
    logVariances = sum
  }

  /// Whitens the columns of `values`, row-major with `width` columns, in place.
  ///
  /// - Parameter rows: the first so many.
  package func apply(_ values: inout [Double], width: Int, rows: Int) {
    var state = [Double](repeating: 0, count: width)
    for i in 0..<min(rows, decay.count) {
      let (a, b, k, s) = (decay[i], amplitude[i], gain[i], scale[i])
      for j in 0..<width {
        let predicted = a * state[j]
        let innovation = values[i * width + j] - b * predicted
        state[j] = predicted + k * innovation
        values[i * width + j] = innovation * s
      }
    }
  }
}
