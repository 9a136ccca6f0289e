import Kernels

extension ParticleFilter {
  /// Mean of the state anew; to be called when the belief has changed.
  mutating func refreshMean() {
    for i in 0..<dimension { mean[i] = 0 }
    for particle in 0..<store.active {
      for i in 0..<dimension {
        mean[i] += store.weights[particle] * store.means[particle * dimension + i]
      }
    }
  }

  /// Standard deviation of one entry of the state.
  package func sd(_ index: Int) -> Double {
    let n = dimension
    var variance = 0.0
    for particle in 0..<store.active {
      let difference = store.means[particle * n + index] - mean[index]
      variance +=
        store.weights[particle]
        * (store.covariances[(particle * n + index) * n + index] + difference * difference)
    }
    return variance.squareRoot()
  }

  /// Covariance of the state, row-major. Allocates.
  package var covariance: [Double] {
    let n = dimension
    var result = Array(repeating: 0.0, count: n * n)
    for particle in 0..<store.active {
      let weight = store.weights[particle]
      for i in 0..<n {
        let difference = store.means[particle * n + i] - mean[i]
        for j in 0..<n {
          result[i * n + j] +=
            weight
            * (store.covariances[(particle * n + i) * n + j]
              + difference * (store.means[particle * n + j] - mean[j]))
        }
      }
    }
    return result
  }

  /// Probability that the sensor is stuck.
  package var stuckProbability: Double {
    var sum = 0.0
    for particle in 0..<store.active where store.isStuck(particle) {
      sum += store.weights[particle]
    }
    return sum
  }

  /// One output as it was last measured, with its variance.
  package func output(_ index: Int) -> (mean: Double, variance: Double) {
    moments(of: index, stuckShare: 1)
  }

  /// Moments of an output where particles of a stuck sensor have a share of their weight.
  func moments(of output: Int, stuckShare: Double) -> (mean: Double, variance: Double) {
    var (all, mean, variance) = (0.0, 0.0, 0.0)
    for particle in 0..<store.active {
      let weight = weight(particle, stuckShare)
      all += weight
      mean += weight * outputMeans[particle * outputCount + output]
    }
    mean /= all
    for particle in 0..<store.active {
      let difference = outputMeans[particle * outputCount + output] - mean
      variance +=
        weight(particle, stuckShare)
        * (outputVariances[particle * outputCount + output] + difference * difference)
    }
    return (mean, variance / all)
  }

  func weight(_ particle: Int, _ stuckShare: Double) -> Double {
    store.weights[particle] * (store.isStuck(particle) ? stuckShare : 1)
  }

  /// Value of the axis below which a share of the belief lies, as it was last measured.
  package func quantile(_ share: Double) -> Double {
    var (low, high) = (Double.infinity, -Double.infinity)
    for particle in 0..<store.active {
      let place = particle * outputCount + axis.output
      let reach = 6 * outputVariances[place].squareRoot()
      low = min(low, outputMeans[place] - reach)
      high = max(high, outputMeans[place] + reach)
    }
    for _ in 0..<40 {
      let middle = 0.5 * (low + high)
      var below = 0.0
      for particle in 0..<store.active {
        let place = particle * outputCount + axis.output
        let own = Normal(outputMeans[place], sd: outputVariances[place].squareRoot())
        below += store.weights[particle] * own.cumulative(middle)
      }
      if below < share { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  /// Adds to the variance of one entry.
  package mutating func loosen(_ index: Int, variance: Double) {
    for particle in 0..<store.active {
      store.covariances[(particle * dimension + index) * dimension + index] += variance
    }
  }
}
