import Kernels

extension UnscentedKalmanFilter {
  /// Moves state and factor over `duration` under `input`.
  public mutating func predict(_ input: Model.Input, duration: Double) throws(EstimationError) {
    try FilterPrior.check(duration: duration)
    save()
    do {
      let members = 1 + 2 * pairs
      try evaluate("predict") { filter throws(EstimationError) in
        try filter.model.advance(
          &filter.states, noise: filter.noise, count: members, input: input, duration: duration,
          failed: &filter.failed)
      }
      model.additiveNoise(&additive, input: input, duration: duration)
      gather()
      try check("predict")
    } catch {
      restore()
      throw error
    }
  }

  /// Below this share of its slope's variance a curvature is not worth a column.
  private static var leastCurvature: Double { 1e-6 }

  /// Mean and factor of the points.
  private mutating func gather() {
    let n = dimension
    let half = 0.5.squareRoot()
    for i in 0..<n { mean[i] = states[i] }
    var width = 0
    for j in 0..<pairs {
      let spread = spreads[j]
      let (first, second) = (1 / (2 * spread), half / (spread * spread))
      let slope = predicted.column(width)
      let curvature = predicted.column(width + 1)
      states.withUnsafeBufferPointer { states in
        let (plus, minus) = ((1 + 2 * j) * n, (2 + 2 * j) * n)
        mean.withUnsafeMutableBufferPointer { mean in
          for i in 0..<n {
            let (up, down) = (states[plus + i], states[minus + i])
            slope[i] = (up - down) * first
            let bend = (up + down - 2 * states[i]) * second
            curvature[i] = bend
            // Half the second derivative, summed.
            mean[i] += bend * half
          }
        }
      }
      let share =
        predicted.weight(ofColumn: width + 1) > Self.leastCurvature
        * predicted.weight(ofColumn: width)
      width += share ? 2 : 1
    }
    for k in 0..<model.additiveCount {
      let column = predicted.column(width + k)
      for i in 0..<n { column[i] = additive[i * model.additiveCount + k] }
    }
    predicted.compress(
      width: width + model.additiveCount, own: model.ownDirections, rank: rank, into: &factor)
  }
}
