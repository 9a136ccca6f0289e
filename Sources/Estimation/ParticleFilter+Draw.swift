import Kernels

extension ParticleFilter {
  /// Replaces the belief by a normal one, the sensor taken to work.
  package mutating func reset(mean: [Double], covariance: [Double]) {
    guard mean.count == dimension, covariance.count == dimension * dimension else { return }
    draw(mean: mean, covariance: covariance)
  }

  /// Draws in pairs on both sides of the mean, each column's draws scaled to variance 1. What is marginalised
  /// gets its mean and covariance given the draw.
  mutating func draw(mean: [Double], covariance: [Double]) {
    let n = dimension
    let drawn = (0..<n).filter { !marginal.contains($0) }
    let places = drawn + Array(marginal)
    var permuted = covariance
    for (i, a) in places.enumerated() {
      for (j, b) in places.enumerated() { permuted[i * n + j] = covariance[a * n + b] }
    }
    let factor = SemidefiniteFactor.lower(of: permuted, count: n)
    for particle in 0..<count {
      for j in 0..<n { store.rows[particle * n + j] = mean[j] }
    }
    for column in drawn.indices where factor[column * n + column] > 0 {
      for state in SensorState.allCases { draw(column, factor, places, particles(state)) }
    }
    for a in 0..<marginal.count {
      for b in 0...a {
        var sum = 0.0
        for k in drawn.count..<(drawn.count + b + 1) {
          sum += factor[(drawn.count + a) * n + k] * factor[(drawn.count + b) * n + k]
        }
        for particle in 0..<count {
          store.covariances[particle * packed + a * (a + 1) / 2 + b] = sum
        }
      }
    }
    for state in SensorState.allCases { equalWeights(state) }
    store.probabilities = SensorState.Probabilities()
    store.pendingTime = 0
    refreshMean()
  }

  private mutating func draw(
    _ column: Int, _ factor: [Double], _ places: [Int], _ range: Range<Int>
  ) {
    let n = dimension
    var squares = 0.0
    for pair in 0..<(range.count / 2) {
      logLikelihoods[pair] = store.random.gaussian()
      squares += logLikelihoods[pair] * logLikelihoods[pair]
    }
    let scale = (Double(range.count / 2) / squares).squareRoot()
    for pair in 0..<(range.count / 2) {
      let first = range.lowerBound + 2 * pair
      for i in column..<n {
        let step = factor[i * n + column] * logLikelihoods[pair] * scale
        store.rows[first * n + places[i]] += step
        store.rows[(first + 1) * n + places[i]] -= step
      }
    }
  }

  mutating func equalWeights(_ state: SensorState) {
    let range = particles(state)
    for particle in range { store.weights[particle] = 1 / Double(range.count) }
  }
}
