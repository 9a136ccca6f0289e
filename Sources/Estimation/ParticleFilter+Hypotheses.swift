import Kernels

extension ParticleFilter {
  /// The Markov chain of the sensor over `duration`, s: probability flows, and with it particles are born,
  /// in place of the least probable of the hypothesis that they come to.
  mutating func migrate(_ duration: Double) {
    guard let sensor = settings.stuckSensor, store.lastReading.isFinite else { return }
    let breaks =
      store.probabilities.working * (1 - Double.exponential(-sensor.onsetRate * duration))
    let heals =
      store.probabilities.stuck * (1 - Double.exponential(-sensor.recoveryRate * duration))
    let before = store.probabilities
    store.probabilities.working += heals - breaks
    store.probabilities.stuck += breaks - heals
    if breaks > Self.least * store.probabilities.stuck {
      bear(.stuck, from: .working, inflow: breaks / (before.stuck - heals + breaks))
    }
    if heals > Self.least * store.probabilities.working {
      bear(.working, from: .stuck, inflow: heals / (before.working - breaks + heals))
    }
  }

  /// A smaller share of a hypothesis is not worth a particle.
  private static var least: Double { 1e-3 }

  /// `inflow`: share of the hypothesis that comes with the births.
  private mutating func bear(_ state: SensorState, from source: SensorState, inflow: Double) {
    let (range, sources) = (particles(state), particles(source))
    let births = max(1, range.count / 32)
    let offset = store.random.uniform()
    var place = sources.lowerBound
    var sum = store.weights[place]
    var displaced = 0.0
    for birth in 0..<births {
      let level = (Double(birth) + offset) / Double(births)
      while sum < level, place < sources.upperBound - 1 {
        place += 1
        sum += store.weights[place]
      }
      let target = leastProbable(range)
      displaced += store.weights[target]
      copy(place, to: target)
      // Marked as taken; the weight comes below.
      store.weights[target] = .infinity
    }
    let kept = displaced < 1 ? (1 - inflow) / (1 - displaced) : 0
    for particle in range {
      let weight = store.weights[particle]
      store.weights[particle] =
        weight == .infinity ? inflow / Double(births) : weight * kept
    }
    if kept == 0 { normalise(range) }
  }

  private func leastProbable(_ range: Range<Int>) -> Int {
    var (best, least) = (range.lowerBound, Double.infinity)
    for particle in range where store.weights[particle] < least {
      (best, least) = (particle, store.weights[particle])
    }
    return best
  }

  private mutating func copy(_ source: Int, to target: Int) {
    ParticleRows.copy(&store.rows, from: source, to: target, width: dimension)
    ParticleRows.copy(&store.covariances, from: source, to: target, width: packed)
    store.held[target] = store.lastReading
  }

  private mutating func normalise(_ range: Range<Int>) {
    var sum = 0.0
    for particle in range { sum += store.weights[particle] }
    guard sum > 0 else { return }
    for particle in range { store.weights[particle] /= sum }
  }
}
