extension ParticleFilter {
  /// Outputs of the present belief under `input`; the belief stays.
  package mutating func measure(_ input: Model.Input) throws(EstimationError) {
    try observe(input)
    var good = 0.0
    for particle in 0..<count where !failed[particle] { good += probability(of: particle) }
    guard good > 0.5 else {
      throw EstimationError(
        .model, "filter, measure: \((1 - good) * 100) % of the belief is out of the model's range")
    }
    for output in 0..<outputCount {
      let moments = moments(of: output, 0..<count)
      outputMean[output] = moments.mean
      outputVariance[output] = moments.variance
      guard moments.mean.isFinite, moments.variance.isFinite else {
        throw EstimationError(.notFinite, "filter, measure: output is \(moments.mean)")
      }
    }
  }

  /// One output as it was last measured, with its variance.
  package func output(_ index: Int) -> (mean: Double, variance: Double) {
    (outputMean[index], outputVariance[index])
  }

  /// Variance of an output by the noise inputs.
  package func noiseVariance(of index: Int) -> Double {
    var sum = 0.0
    for input in 0..<model.noiseCount {
      let plus = count + 2 * input
      let slope =
        0.5 * (outputs[plus * outputCount + index] - outputs[(plus + 1) * outputCount + index])
      if slope.isFinite { sum += slope * slope }
    }
    return sum
  }

  /// Value of an output below which a share of the belief lies, as it was last measured; to a millionth of
  /// the range of its particles. The spread of marginalised entries is not in it.
  package func quantile(of output: Int, _ share: Double) -> Double {
    var (low, high) = (Double.infinity, -Double.infinity)
    for particle in 0..<count where !failed[particle] && probability(of: particle) > 0 {
      low = min(low, outputs[particle * outputCount + output])
      high = max(high, outputs[particle * outputCount + output])
    }
    for _ in 0..<20 {
      let middle = 0.5 * (low + high)
      var (below, all) = (0.0, 0.0)
      for particle in 0..<count where !failed[particle] {
        let own = probability(of: particle)
        all += own
        if outputs[particle * outputCount + output] <= middle { below += own }
      }
      if below < share * all { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  mutating func observe(_ input: Model.Input) throws(EstimationError) {
    placePairs()
    try model.observe(
      store.rows, noise: stillNoise, count: members, input: input, outputs: &outputs,
      failed: &failed)
    model.couplings(&couplings, input: input)
  }

  /// Moments of an output over the particles of `range`, marginalised entries included.
  func moments(of output: Int, _ range: Range<Int>) -> (mean: Double, variance: Double) {
    var (sum, all) = (0.0, 0.0)
    for particle in range where !failed[particle] {
      let own = probability(of: particle)
      guard own > 0 else { continue }
      sum += own * outputs[particle * outputCount + output]
      all += own
    }
    let mean = sum / all
    let couples = couples(output)
    var squares = 0.0
    for particle in range where !failed[particle] {
      let own = probability(of: particle)
      guard own > 0 else { continue }
      let difference = outputs[particle * outputCount + output] - mean
      squares += own * difference * difference
      if couples { squares += own * marginalVariance(particle, output) }
    }
    return (mean, squares / all)
  }

  func couples(_ output: Int) -> Bool {
    for a in 0..<marginal.count where couplings[output * marginal.count + a] != 0 { return true }
    return false
  }

  /// Variance of an output by what a particle does not know of its marginalised entries.
  func marginalVariance(_ particle: Int, _ output: Int) -> Double {
    let k = marginal.count
    let own = particle * packed
    var sum = 0.0
    for a in 0..<k {
      let row = own + a * (a + 1) / 2
      let slope = couplings[output * k + a]
      for b in 0..<a {
        sum += 2 * slope * couplings[output * k + b] * store.covariances[row + b]
      }
      sum += slope * slope * store.covariances[row + a]
    }
    return sum
  }
}
