import Kernels

extension ParticleFilter {
  /// Weighs the working particles, in as many shares of the likelihood as half of them survive each; returns
  /// the logarithm of the reading's density.
  mutating func learn(
    _ reading: ChannelReading, _ input: Model.Input
  ) throws(EstimationError) -> Double {
    var (left, log) = (1.0, 0.0)
    let enough = 0.5 * Double(working.count)
    for round in 1...Self.mostRounds {
      for particle in working {
        spreads[particle] = marginalVariance(particle, reading.output)
      }
      var share = left
      let surviving = survivors(reading, share)
      if round < Self.mostRounds, surviving < enough {
        guard effectiveSize(.working) > 0.9 * Double(working.count) else {
          try renew(input)
          continue
        }
        share = largestShare(reading, below: left, enough)
        _ = survivors(reading, share)
      }
      log += take(reading, share)
      left -= share
      guard left > 1e-9 else { break }
      try renew(input)
    }
    return log
  }

  private static var mostRounds: Int { 60 }

  static func logTwoPi(_ variance: Double) -> Double { Double.logarithm(2 * Double.pi * variance) }

  func effectiveSize(_ state: SensorState) -> Double {
    store.weights.withUnsafeBufferPointer {
      SystematicResampling.effectiveSize(UnsafeBufferPointer(rebasing: $0[particles(state)]))
    }
  }

  private mutating func renew(_ input: Model.Input) throws(EstimationError) {
    resample(.working)
    try observe(input)
    try dropFailed("update")
  }

  /// Effective number after the likelihood to the power `share`; log-likelihoods stay for `take`.
  private mutating func survivors(_ reading: ChannelReading, _ share: Double) -> Double {
    var top = -Double.infinity
    let noise = reading.variance / share
    for particle in working where store.weights[particle] > 0 {
      let error = reading.value - outputs[particle * outputCount + reading.output]
      let variance = spreads[particle] + noise
      let value = -0.5 * (error * error / variance + Double.logarithm(variance / noise))
      logLikelihoods[particle] = value
      top = max(top, value)
    }
    var (sum, squares) = (0.0, 0.0)
    for particle in working where store.weights[particle] > 0 {
      let weight = store.weights[particle] * Double.exponential(logLikelihoods[particle] - top)
      sum += weight
      squares += weight * weight
    }
    return sum * sum / squares
  }

  /// By bisection of its logarithm, to a twentieth.
  private mutating func largestShare(
    _ reading: ChannelReading, below left: Double, _ enough: Double
  ) -> Double {
    var (low, high) = (1e-9 * left, left)
    while high > 1.05 * low {
      let middle = (low * high).squareRoot()
      if survivors(reading, middle) >= enough { low = middle } else { high = middle }
    }
    return low
  }

  /// Takes the share of the likelihood in that `survivors` last looked at: weights, and each particle's
  /// marginalised entries. Returns its part of the density's logarithm.
  private mutating func take(_ reading: ChannelReading, _ share: Double) -> Double {
    var top = -Double.infinity
    for particle in working where store.weights[particle] > 0 {
      top = max(top, logLikelihoods[particle])
    }
    var sum = 0.0
    for particle in working where store.weights[particle] > 0 {
      store.weights[particle] *= Double.exponential(logLikelihoods[particle] - top)
      sum += store.weights[particle]
    }
    for particle in working where store.weights[particle] > 0 {
      store.weights[particle] /= sum
      correct(particle, reading, noise: reading.variance / share)
    }
    // The likelihoods are relative to a particle that knows all and is right.
    return top + Double.logarithm(sum) - 0.5 * share * Self.logTwoPi(reading.variance)
  }

  /// Kalman update of the marginalised entries of one particle.
  mutating func correct(_ particle: Int, _ reading: ChannelReading, noise: Double) {
    let k = marginal.count
    guard k > 0 else { return }
    let own = particle * packed
    let error = reading.value - outputs[particle * outputCount + reading.output]
    let variance = spreads[particle] + noise
    for a in 0..<k {
      var sum = 0.0
      for b in 0..<k {
        let (row, column) = (max(a, b), min(a, b))
        sum +=
          store.covariances[own + row * (row + 1) / 2 + column]
          * couplings[reading.output * k + b]
      }
      shift[a] = sum
    }
    for a in 0..<k {
      store.rows[particle * dimension + marginal.lowerBound + a] += shift[a] * error / variance
      for b in 0...a {
        store.covariances[own + a * (a + 1) / 2 + b] -= shift[a] * shift[b] / variance
      }
    }
  }
}
