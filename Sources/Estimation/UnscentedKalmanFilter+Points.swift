extension UnscentedKalmanFilter {
  /// Points about the mean: member 0 is the mean, 1 + 2j and 2 + 2j stand on both sides along column j of
  /// the factor, then along the noise inputs.
  mutating func draw() {
    let (n, rank, stride, pairs) = (dimension, rank, stride, pairs)
    let inputs = model.noiseCount
    mean.withUnsafeBufferPointer { mean in
      factor.withUnsafeBufferPointer { factor in
        states.withUnsafeMutableBufferPointer { [ownSpreads = spreads] states in
          for i in 0..<n { states[i] = mean[i] }
          for j in 0..<pairs {
            let (plus, minus) = ((1 + 2 * j) * n, (2 + 2 * j) * n)
            let spread = j < rank ? ownSpreads[j] : 0
            let column = min(j, rank - 1) * stride
            for i in 0..<n {
              let step = spread * factor[column + i]
              states[plus + i] = mean[i] + step
              states[minus + i] = mean[i] - step
            }
          }
        }
      }
    }
    for j in 0..<inputs {
      let pair = rank + j
      noise[(1 + 2 * pair) * inputs + j] = spreads[pair]
      noise[(2 + 2 * pair) * inputs + j] = -spreads[pair]
    }
  }

  /// Draws and evaluates; pairs of which a point leaves the model's range are drawn nearer, until
  /// all hold.
  mutating func evaluate(
    _ stage: StaticString, _ body: (inout Self) throws(EstimationError) -> Void
  ) throws(EstimationError) {
    for j in 0..<pairs { spreads[j] = min(Self.fullSpread, spreads[j] * 1.5) }
    for _ in 0..<20 {
      draw()
      try body(&self)
      guard !failed[0] else {
        throw EstimationError(.model, "filter, \(stage): the mean is out of the model's range")
      }
      var isWhole = true
      for j in 0..<pairs where failed[1 + 2 * j] || failed[2 + 2 * j] {
        spreads[j] *= 0.5
        isWhole = false
      }
      if isWhole { return }
    }
    throw EstimationError(
      .model, "filter, \(stage): no point beside the mean is in the model's range")
  }

  /// First and second differences of one quantity along pair `j`, as columns of a factor: what a normal
  /// distribution makes of slope and curvature.
  static func differences(
    _ plus: Double, _ minus: Double, _ centre: Double, spread: Double
  ) -> (slope: Double, curvature: Double) {
    let second = (plus + minus - 2 * centre) / (spread * spread)
    return ((plus - minus) / (2 * spread), second * 0.5.squareRoot())
  }
}
