import Kernels

extension ParticleFilter {
  /// Mean of the state.
  package var mean: [Double] { store.mean }

  /// Standard deviation of one entry of the state.
  package func sd(_ index: Int) -> Double {
    var sum = 0.0
    for particle in 0..<count {
      let difference = store.rows[particle * dimension + index] - store.mean[index]
      var square = difference * difference
      if marginal.contains(index) {
        let k = index - marginal.lowerBound
        square += store.covariances[particle * packed + k * (k + 3) / 2]
      }
      sum += probability(of: particle) * square
    }
    return sum.squareRoot()
  }

  /// Covariance of the state, row-major. Allocates.
  package var covariance: [Double] {
    let n = dimension
    var result = Array(repeating: 0.0, count: n * n)
    for particle in 0..<count {
      let weight = probability(of: particle)
      guard weight > 0 else { continue }
      for i in 0..<n {
        let difference = store.rows[particle * n + i] - store.mean[i]
        for j in 0...i {
          var product = difference * (store.rows[particle * n + j] - store.mean[j])
          if marginal.contains(i), marginal.contains(j) {
            let (a, b) = (i - marginal.lowerBound, j - marginal.lowerBound)
            product += store.covariances[particle * packed + a * (a + 1) / 2 + b]
          }
          result[i * n + j] += weight * product
        }
      }
    }
    for i in 0..<n { for j in 0..<i { result[j * n + i] = result[i * n + j] } }
    return result
  }

  /// Probability that the sensor is stuck.
  package var stuckProbability: Double { store.probabilities.stuck }

  /// Effective number of the particles that stand for a working sensor.
  package var effectiveCount: Double {
    store.weights.withUnsafeBufferPointer {
      SystematicResampling.effectiveSize(UnsafeBufferPointer(rebasing: $0[working]))
    }
  }

  func probability(of particle: Int) -> Double {
    store.weights[particle]
      * (working.contains(particle) ? store.probabilities.working : store.probabilities.stuck)
  }

  func particles(_ state: SensorState) -> Range<Int> { state == .working ? working : stuck }

  /// Mean of the state anew.
  mutating func refreshMean() {
    let n = dimension
    for j in 0..<n { centre[j] = 0 }
    for state in SensorState.allCases {
      ParticleRows.addMean(
        store.rows, store.weights, particles(state), scale: store.probabilities[state], width: n,
        to: &centre)
    }
    for j in 0..<n { store.mean[j] = centre[j] }
  }

  func check(_ stage: StaticString) throws(EstimationError) {
    for value in store.mean where !value.isFinite {
      throw EstimationError(.notFinite, "filter, \(stage): state is \(value)")
    }
  }

  /// Adds to the variance of one entry.
  package mutating func loosen(_ index: Int, variance: Double) {
    for particle in 0..<count where marginal.contains(index) {
      let k = index - marginal.lowerBound
      store.covariances[particle * packed + k * (k + 3) / 2] += variance
    }
    guard !marginal.contains(index) else { return }
    for pair in 0..<(count / 2) {
      let draw = store.random.gaussian() * variance.squareRoot()
      store.rows[2 * pair * dimension + index] += draw
      store.rows[(2 * pair + 1) * dimension + index] -= draw
    }
    refreshMean()
  }
}
