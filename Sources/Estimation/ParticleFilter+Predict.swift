import Kernels

extension ParticleFilter {
  /// Moves the belief over `duration`, s, under `input`; as it was when this throws.
  package mutating func predict(_ input: Model.Input, duration: Double) throws(EstimationError) {
    try FilterPrior.check(duration: duration)
    saved.take(store)
    do {
      migrate(duration)
      drawNoise()
      placePairs()
      try model.advance(
        &store.rows, noise: noise, count: members, input: input, duration: duration,
        failed: &failed)
      try dropFailed("predict")
      widen(duration)
      addNoise(input, duration)
      refreshMean()
      try check("predict")
    } catch {
      store.take(saved)
      throw error
    }
  }

  /// Neighbours get opposite draws: after a resampling they are alike, and the noise then hardly correlates
  /// with what they are.
  private mutating func drawNoise() {
    let inputs = model.noiseCount
    for pair in 0..<(count / 2) {
      for input in 0..<inputs {
        let draw = store.random.gaussian()
        noise[2 * pair * inputs + input] = draw
        noise[(2 * pair + 1) * inputs + input] = -draw
      }
    }
  }

  /// The members that the noise inputs are read off stand where the most probable particle does.
  mutating func placePairs() {
    var (best, most) = (0, -1.0)
    for particle in 0..<count {
      let own = probability(of: particle)
      if own > most { (best, most) = (particle, own) }
    }
    let n = dimension
    for member in count..<members {
      ParticleRows.copy(&store.rows, from: best, to: member, width: n)
    }
  }

  /// A particle that left the model's range is not what the cell does.
  mutating func dropFailed(_ stage: StaticString) throws(EstimationError) {
    var left = SensorState.Probabilities(working: 0, stuck: 0)
    for state in SensorState.allCases {
      let range = particles(state)
      var sum = 0.0
      for particle in range {
        if failed[particle] { store.weights[particle] = 0 }
        sum += store.weights[particle]
      }
      left[state] = sum * store.probabilities[state]
      guard sum > 0 else {
        if !range.isEmpty { equalWeights(state) }
        continue
      }
      for particle in range { store.weights[particle] /= sum }
    }
    guard left.working + left.stuck > 0 else {
      throw EstimationError(.model, "filter, \(stage): no particle is in the model's range")
    }
    store.probabilities = left
    store.probabilities.normalise()
  }

  /// What a step does to the marginalised covariances.
  private mutating func widen(_ duration: Double) {
    guard packed > 0 else { return }
    model.marginalStep(&retention, variance: &addedVariance, duration: duration)
    ParticleRows.widen(
      &store.covariances, count: count, by: retention, plus: addedVariance, order: marginal.count)
  }

  /// Random walks; those of marginalised entries are in their covariances.
  private mutating func addNoise(_ input: Model.Input, _ duration: Double) {
    store.pendingTime += duration
    guard store.pendingTime >= settings.noisePeriod else { return }
    model.additiveNoise(&additive, input: input, duration: store.pendingTime)
    store.pendingTime = 0
    let width = model.additiveCount
    let n = dimension
    for column in 0..<width {
      var (first, last) = (n, -1)
      for i in 0..<n where additive[i * width + column] != 0 && !marginal.contains(i) {
        first = min(first, i)
        last = max(last, i)
      }
      reach[column] = first > last ? 0..<0 : first..<(last + 1)
    }
    for pair in 0..<(count / 2) {
      for column in 0..<width where !reach[column].isEmpty {
        let step = store.random.gaussian()
        let first = 2 * pair * n
        for i in reach[column] where !marginal.contains(i) {
          let change = step * additive[i * width + column]
          store.rows[first + i] += change
          store.rows[first + n + i] -= change
        }
      }
    }
  }
}
