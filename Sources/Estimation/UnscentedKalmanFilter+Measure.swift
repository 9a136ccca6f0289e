extension UnscentedKalmanFilter {
  /// Outputs under `input` at the present mean and factor.
  public mutating func measure(_ input: Model.Input) throws(EstimationError) {
    let members = 1 + 2 * pairs
    try evaluate("measure") { filter throws(EstimationError) in
      try filter.model.observe(
        filter.states, noise: filter.noise, count: members, input: input,
        outputs: &filter.outputs, failed: &filter.failed)
    }
    let m = model.outputCount
    for output in 0..<m {
      let centre = outputs[output]
      var shift = 0.0
      for j in 0..<pairs {
        let difference = Self.differences(
          outputs[(1 + 2 * j) * m + output], outputs[(2 + 2 * j) * m + output], centre,
          spread: spreads[j])
        slopes[output * pairs + j] = difference.slope
        curvatures[output * pairs + j] = difference.curvature
        shift += difference.curvature
      }
      outputMean[output] = centre + shift * 0.5.squareRoot()
      guard outputMean[output].isFinite else {
        throw EstimationError(.notFinite, "filter, measure: output is \(outputMean[output])")
      }
    }
  }

  /// One output as it was last measured, or as the update since then left it, with its variance; that of
  /// the noise inputs is not in it.
  public func output(_ index: Int) -> (mean: Double, variance: Double) {
    (outputMean[index], covariance(index, index))
  }

  /// Variance of an output by the noise inputs.
  public func noiseVariance(of index: Int) -> Double {
    var sum = 0.0
    for j in rank..<pairs { sum += slopes[index * pairs + j] * slopes[index * pairs + j] }
    return sum
  }

  func covariance(_ first: Int, _ second: Int) -> Double {
    var sum = 0.0
    for j in 0..<rank { sum += slopes[first * pairs + j] * slopes[second * pairs + j] }
    return sum + curvature(first, second)
  }

  func curvature(_ first: Int, _ second: Int) -> Double {
    var sum = 0.0
    for j in 0..<pairs { sum += curvatures[first * pairs + j] * curvatures[second * pairs + j] }
    return sum
  }
}
