extension ParticleFilter {
  /// Assimilates `readings`, with the outputs of the last `measure`, which must be of this instant and
  /// input, and measures anew; what became of each goes to `outcomes` (same count). Readings that move particles come first,
  /// then those that weigh them, each given those before it.
  ///
  /// - Parameter gate: a reading further than this many sd from its prediction changes nothing, unless a
  ///   stuck sensor explains it.
  package mutating func update(
    _ readings: UnsafeBufferPointer<ChannelReading>, input: Model.Input, gate: Double,
    outcomes: UnsafeMutableBufferPointer<ChannelOutcome>
  ) throws(EstimationError) {
    saved.take(store)
    do {
      let pairs = min(readings.count, outcomes.count)
      for index in 0..<pairs { outcomes[index] = ChannelOutcome() }
      var isFirst = true
      for weighs in [false, true] {
        for index in 0..<pairs where model.isWeighed(readings[index].output) == weighs {
          let reading = readings[index]
          guard reading.value.isFinite, reading.variance > 0 else { continue }
          if isFirst { try dropFailed("update") }
          isFirst = false
          outcomes[index] =
            weighs ? try weigh(reading, input, gate: gate) : move(reading, gate: gate)
        }
      }
      refreshMean()
      try check("update")
      try measure(input)
    } catch {
      store.take(saved)
      throw error
    }
  }

  /// A reading that moves all particles.
  private mutating func move(_ reading: ChannelReading, gate: Double) -> ChannelOutcome {
    let predicted = moments(of: reading.output, 0..<count)
    var outcome = ChannelOutcome()
    outcome.predicted = predicted.mean
    outcome.innovation = reading.value - predicted.mean
    outcome.variance = predicted.variance + reading.variance
    guard abs(outcome.innovation) <= gate * outcome.variance.squareRoot() else {
      outcome.fate = .gated
      return outcome
    }
    outcome.fate = .used
    move(SensorState.allCases, reading, predicted, noise: reading.variance)
    return outcome
  }

  /// Regression on one output moves every particle, and its other outputs: for what is straight and normal
  /// the Kalman filter, without the noise of weights. The deviations shrink by the square root of what the
  /// variance does (Whitaker and Hamill).
  /// - Parameter noise: variance of the reading given a particle's drawn entries.
  mutating func move(
    _ states: [SensorState], _ reading: ChannelReading,
    _ predicted: (mean: Double, variance: Double), noise: Double
  ) {
    let (output, n, m) = (reading.output, dimension, outputCount)
    guard predicted.variance > 0 else { return }
    for j in 0..<(n + m) { gains[j] = 0 }
    for j in model.separate { squares[j] = 0 }
    var all = 0.0
    for state in states {
      all += store.probabilities[state]
      gather(state, output, predicted.mean)
    }
    regularise(predicted.variance, all)
    let total = predicted.variance + noise
    let slack = 1 / (1 + (noise / total).squareRoot())
    for j in 0..<(n + m) { gains[j] /= all * total }
    for state in states {
      for particle in particles(state) where !failed[particle] {
        let own = outputs[particle * m + output] - predicted.mean
        let step = reading.value - predicted.mean - slack * own
        Self.add(gains, step, &store.rows, particle, n)
        Self.add(gains, from: n, step, &outputs, particle, m)
      }
    }
  }

  /// A correlation of less than three times what chance makes is none; one above it loses as much of its square.
  private mutating func regularise(_ variance: Double, _ all: Double) {
    for j in model.separate {
      let product = gains[j] * gains[j] / all
      let chance = 9 * squares[j] * variance / Double(count)
      gains[j] *= product > chance ? 1 - chance / product : 0
    }
  }

  /// Covariances of an output with the state and with all outputs, and variances of the separate entries.
  private mutating func gather(_ state: SensorState, _ output: Int, _ centre: Double) {
    let (range, scale) = (particles(state), store.probabilities[state])
    Self.gather(
      store.rows, store.mean, dimension, outputs, outputMean, outputCount, output, centre,
      store.weights, range, scale, &gains)
    ParticleRows.addSquares(
      store.rows, mean: store.mean, width: dimension, store.weights, range, scale: scale,
      entries: model.separate, to: &squares)
  }

  private static func gather(
    _ rows: UnsafePointer<Double>, _ mean: UnsafePointer<Double>, _ n: Int,
    _ outputs: UnsafePointer<Double>, _ outputMean: UnsafePointer<Double>, _ m: Int,
    _ output: Int, _ centre: Double, _ weights: UnsafePointer<Double>, _ range: Range<Int>,
    _ scale: Double, _ gains: UnsafeMutablePointer<Double>
  ) {
    ParticleRows.addCovariance(
      rows, mean: mean, width: n, with: outputs + output, stride: m, valueMean: centre, weights,
      range, scale: scale, to: gains)
    ParticleRows.addCovariance(
      outputs, mean: outputMean, width: m, with: outputs + output, stride: m, valueMean: centre,
      weights, range, scale: scale, to: gains + n)
  }

  private static func add(
    _ gains: UnsafePointer<Double>, from first: Int = 0, _ step: Double,
    _ rows: UnsafeMutablePointer<Double>, _ particle: Int, _ width: Int
  ) {
    ParticleRows.add(gains + first, times: step, to: rows + particle * width, width: width)
  }
}
