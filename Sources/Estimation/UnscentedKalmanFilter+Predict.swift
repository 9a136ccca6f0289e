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

  /// Mean and factor of the points.
  private mutating func gather() {
    let n = dimension
    let extra = model.additiveCount
    for i in 0..<n {
      let row = predicted.row(i)
      let centre = states[i]
      var shift = 0.0
      for j in 0..<pairs {
        let difference = Self.differences(
          states[(1 + 2 * j) * n + i], states[(2 + 2 * j) * n + i], centre, spread: spreads[j])
        row[j] = difference.slope
        row[pairs + j] = difference.curvature
        // Half the second derivative, summed.
        shift += difference.curvature
      }
      for k in 0..<extra { row[2 * pairs + k] = additive[i * extra + k] }
      mean[i] = centre + shift * 0.5.squareRoot()
    }
    predicted.triangularise(into: &factor)
  }
}
