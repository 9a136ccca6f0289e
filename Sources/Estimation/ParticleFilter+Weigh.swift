import Kernels

extension ParticleFilter {
  /// Bayes' rule on the hypotheses, and on the particles of those that learn from the reading.
  ///
  /// A stuck sensor repeats what it last showed. The repeat is granted the density of a working sensor's best
  /// and the repeat's own evidence.
  mutating func weigh(
    _ reading: ChannelReading, _ input: Model.Input, gate: Double
  ) throws(EstimationError) -> ChannelOutcome {
    let predicted = moments(of: reading.output, working)
    let spread = predicted.variance + reading.variance
    let repeated = heldMoments()
    // Of the more probable state: the spread of both would hide a filter that has lost its cell.
    let shown = store.probabilities.working >= 0.5 ? predicted : repeated
    var outcome = ChannelOutcome()
    outcome.predicted = shown.mean
    outcome.innovation = reading.value - shown.mean
    outcome.variance = shown.variance + reading.variance
    let excess = (reading.value - predicted.mean) * (reading.value - predicted.mean) / spread
    let isExplained = excess <= gate * gate
    let logRepeat = weighRepeats(reading, gate: gate)
    let logGate = -0.5 * gate * gate
    // Neither explains a spike. A working sensor may have one, a stuck one cannot.
    guard isExplained || logRepeat > logGate || store.probabilities.stuck > 0.5 else {
      outcome.fate = .gated
      store.lastReading = reading.value
      return outcome
    }
    var logWorking = logGate
    if isExplained,
      moments(of: model.orderingOutput, working).variance.squareRoot() < settings.narrow
    {
      logWorking = -0.5 * excess
      follow(reading, predicted)
    } else if isExplained {
      logWorking = max(logGate, try learn(reading, input) + 0.5 * Self.logTwoPi(spread))
    }
    store.probabilities.take(logWorking: logWorking, logStuck: logRepeat)
    takeRepeats()
    store.lastReading = reading.value
    outcome.fate = store.probabilities.working >= 0.5 ? .used : .gated
    return outcome
  }

  /// Mean and variance of what a stuck sensor shows; zero where none is thought of.
  private func heldMoments() -> (mean: Double, variance: Double) {
    guard store.probabilities.stuck > 0 else { return (0, 0) }
    var mean = 0.0
    for particle in stuck { mean += store.weights[particle] * store.held[particle] }
    var variance = 0.0
    for particle in stuck {
      let difference = store.held[particle] - mean
      variance += store.weights[particle] * difference * difference
    }
    return (mean, variance)
  }

  /// Likelihoods of the stuck particles into `logLikelihoods`, relative to an exact repeat, and the logarithm
  /// of their mean; never below the square of what the gate leaves a working sensor's spike.
  private mutating func weighRepeats(_ reading: ChannelReading, gate: Double) -> Double {
    guard store.probabilities.stuck > 0, let sensor = settings.stuckSensor else {
      return -gate * gate
    }
    let variance = sensor.tolerance * sensor.tolerance * reading.variance
    var mean = 0.0
    for particle in stuck {
      let difference = reading.value - store.held[particle]
      let log =
        sensor.repeatEvidence - 0.5 * min(difference * difference / variance, 2 * gate * gate)
      logLikelihoods[particle] = log
      mean += store.weights[particle] * Double.exponential(log)
    }
    return Double.logarithm(mean)
  }

  private mutating func takeRepeats() {
    guard store.probabilities.stuck > 0 else { return }
    var sum = 0.0
    for particle in stuck {
      store.weights[particle] *= Double.exponential(logLikelihoods[particle])
      sum += store.weights[particle]
    }
    for particle in stuck { store.weights[particle] /= sum }
    // An unlikely hypothesis lives by births alone.
    guard store.probabilities.stuck > 1e-3, effectiveSize(.stuck) < 0.5 * Double(stuck.count)
    else { return }
    resample(.stuck)
  }

  /// Moves the working particles, then their marginalised entries by what is left to explain.
  private mutating func follow(
    _ reading: ChannelReading, _ predicted: (mean: Double, variance: Double)
  ) {
    var within = 0.0
    for particle in working {
      spreads[particle] = marginalVariance(particle, reading.output)
      within += store.weights[particle] * spreads[particle]
    }
    move(
      Self.onlyWorking, reading, (predicted.mean, max(0, predicted.variance - within)),
      noise: within + reading.variance)
    for particle in working where !failed[particle] {
      correct(particle, reading, noise: reading.variance)
    }
  }

  private static var onlyWorking: [SensorState] { [.working] }
}
