import Kernels

extension ParticleFilter {
  /// Asks whether the voltmeter works, and writes what that makes of the particles' likelihoods.
  ///
  /// A stuck sensor repeats what it last showed. A run of repeats has one onset, its first: particles of a stuck
  /// sensor are born there, as copies, and take no voltage in. A repeat is granted the density of a working
  /// sensor's best and the repeat's own evidence, less what it is off. A reading that differs ends the hypothesis: those that held
  /// it take their sensor to have recovered.
  mutating func judge(_ reading: ChannelReading, gate: Double) -> ChannelOutcome {
    defer {
      store.lastReading = reading.value
      store.sinceReading = 0
    }
    guard let sensor = settings.stuckSensor else {
      return outcome(reading, gate: gate, stuckShare: 1)
    }
    let tolerance = 3 * sensor.tolerance * reading.variance.squareRoot()
    guard abs(reading.value - store.lastReading) <= tolerance else {
      // NaN, before the first reading, comes here too.
      let recovery = 1 - Double.exponential(-sensor.recoveryRate * store.sinceReading)
      let outcome = outcome(reading, gate: gate, stuckShare: recovery)
      if outcome.fate == .used { recover(recovery) }
      return outcome
    }
    let outcome = outcome(reading, gate: gate, stuckShare: 0)
    flow(
      1 - Double.exponential(-sensor.onsetRate * store.sinceReading), within: tolerance / 6)
    let best = -0.5 * Double.logarithm(outcome.variance)
    let variance = sensor.tolerance * sensor.tolerance * reading.variance
    for particle in 0..<store.active {
      if store.isStuck(particle) {
        let off = reading.value - store.held[particle]
        logLikelihoods[particle] = sensor.repeatEvidence + best - 0.5 * off * off / variance
      } else {
        // Neither explains a spike. A working sensor may have one.
        logLikelihoods[particle] = outcome.fate == .used ? 0 : best - 0.5 * gate * gate
      }
    }
    return outcome
  }

  private mutating func recover(_ share: Double) {
    for particle in (0..<store.active).reversed() where store.isStuck(particle) {
      store.weights[particle] *= share
      store.held[particle] = .nan
    }
    normalise()
    prune()
  }

  /// Probability flows from working to stuck: to those that hold the last reading to `distance`, or to new
  /// ones. Two readings of a working sensor come close by chance, and what is then held is not what a sensor
  /// holds that freezes a moment later.
  private mutating func flow(_ onset: Double, within distance: Double) {
    // A reading that creeps repeats the last one, but not what was held: that run is over.
    if stuckProbability <= 1e-3 * onset {
      for particle in (0..<store.active).reversed() where store.isStuck(particle) {
        remove(particle)
      }
    }
    let stuck = stuckProbability
    let all = store.active
    func isHolding(_ particle: Int) -> Bool {
      abs(store.held[particle] - store.lastReading) <= distance
    }
    var holding = 0.0
    for particle in 0..<all where isHolding(particle) { holding += store.weights[particle] }
    if holding > 0 {
      for particle in 0..<all {
        if isHolding(particle) {
          store.weights[particle] *= 1 + (1 - stuck) * onset / holding
        } else if !store.isStuck(particle) {
          store.weights[particle] *= 1 - onset
        }
      }
    } else if onset > 0 {
      // Of the least probable none: without a stuck one they count for as little.
      for particle in 0..<all
      where !store.isStuck(particle) && store.weights[particle] > 1e-4
        && store.active < settings.count
      {
        let target = store.active
        store.active += 1
        store.copy(particle, to: target)
        copyOutputs(particle, to: target)
        store.held[target] = store.lastReading
        store.weights[target] *= onset
        store.weights[particle] *= 1 - onset
      }
    }
    normalise()
  }

  /// Bayes' rule. A working sensor as good as excluded keeps a probability that can grow again.
  mutating func weigh() {
    var top = -Double.infinity
    for particle in 0..<store.active where !failed[particle] {
      top = max(top, logLikelihoods[particle])
    }
    for particle in 0..<store.active where !failed[particle] {
      store.weights[particle] *= Double.exponential(logLikelihoods[particle] - top)
    }
    var sum = 0.0
    for particle in 0..<store.active where failed[particle] { sum += store.weights[particle] }
    var good = 0.0
    for particle in 0..<store.active where !failed[particle] { good += store.weights[particle] }
    // What failed keeps its share of the belief, so that `dropFailed` sees it.
    guard good > 0 else { return }
    for particle in 0..<store.active where !failed[particle] {
      store.weights[particle] *= max(0, 1 - sum) / good
    }
    let working = 1 - stuckProbability
    let least = 1e-9
    guard working > 0, working < least else { return }
    for particle in 0..<store.active where !store.isStuck(particle) {
      store.weights[particle] *= least / working
    }
    normalise()
  }

  /// What the most probable state of the sensor makes of its reading.
  func show(_ outcome: inout ChannelOutcome, _ reading: ChannelReading) {
    let stuck = stuckProbability
    guard stuck > 0.5 else { return }
    var held = 0.0
    for particle in 0..<store.active where store.isStuck(particle) {
      held += store.weights[particle] * store.held[particle] / stuck
    }
    // A filter that has lost its cell shows beside its readings; one of a stuck sensor has not lost it.
    guard abs(reading.value - held) <= reading.variance.squareRoot() else {
      outcome.fate = .gated
      return
    }
    outcome.predicted = held
    outcome.innovation = reading.value - held
    outcome.variance = reading.variance
    outcome.fate = .gated
  }
}
