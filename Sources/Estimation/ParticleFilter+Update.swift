import Kernels

extension ParticleFilter {
  /// Assimilates `readings`, with the outputs of the last `measure`, which must be of this instant and
  /// input, and measures anew; what became of each goes to `outcomes` (same count).
  ///
  /// - Parameter gate: a reading further than this many sd from its prediction by all particles together
  ///   changes nothing, unless a single probable one or a stuck sensor explains it.
  package mutating func update(
    _ readings: UnsafeBufferPointer<ChannelReading>, input: Model.Input, gate: Double,
    outcomes: UnsafeMutableBufferPointer<ChannelOutcome>
  ) throws(EstimationError) {
    saved.take(store)
    let count = min(readings.count, outcomes.count, accepted.count)
    for particle in 0..<store.active { logLikelihoods[particle] = 0 }
    var voltmeter: Int?
    for index in 0..<count {
      outcomes[index] = ChannelOutcome()
      accepted[index] = readings[index]
      guard readings[index].value.isFinite, readings[index].variance > 0 else { continue }
      if readings[index].output == axis.voltmeter {
        voltmeter = index
        outcomes[index] = judge(readings[index], gate: gate)
      } else {
        outcomes[index] = outcome(readings[index], gate: gate, stuckShare: 1)
      }
      if outcomes[index].fate != .used { accepted[index].value = .nan }
    }
    var failure: EstimationError?
    for particle in 0..<store.active {
      failed[particle] = false
      do throws(EstimationError) {
        try take(particle, count, input, skipping: store.isStuck(particle) ? voltmeter : nil)
      } catch {
        failed[particle] = true
        failure = error
      }
    }
    weigh()
    try dropFailed(failure)
    prune()
    mergeAlike()
    refreshMean()
    try check("update")
    try measureAll(input)
    if let voltmeter { show(&outcomes[voltmeter], readings[voltmeter]) }
  }

  /// A reading against its prediction by all particles together.
  func outcome(
    _ reading: ChannelReading, gate: Double, stuckShare: Double
  ) -> ChannelOutcome {
    let predicted = moments(of: reading.output, stuckShare: stuckShare)
    var outcome = ChannelOutcome()
    outcome.predicted = predicted.mean
    outcome.innovation = reading.value - predicted.mean
    outcome.variance = predicted.variance + reading.variance
    outcome.fate =
      outcome.normalisedSquare <= gate * gate || isExplained(reading, gate, stuckShare)
      ? .used : .gated
    return outcome
  }

  /// Whether one particle of a thousandth of the belief explains a reading.
  private func isExplained(
    _ reading: ChannelReading, _ gate: Double, _ stuckShare: Double
  ) -> Bool {
    var all = 0.0
    for particle in 0..<store.active { all += weight(particle, stuckShare) }
    for particle in 0..<store.active where weight(particle, stuckShare) > 1e-3 * all {
      let place = particle * outputCount + reading.output
      let difference = reading.value - outputMeans[place]
      if difference * difference <= gate * gate * (outputVariances[place] + reading.variance) {
        return true
      }
    }
    return false
  }

  /// One particle's Kalman update, and the logarithm of its density of the readings, but for constants.
  private mutating func take(
    _ particle: Int, _ count: Int, _ input: Model.Input, skipping: Int?
  ) throws(EstimationError) {
    load(particle)
    let value = skipping.map { accepted[$0].value }
    if let skipping { accepted[skipping].value = .nan }
    defer { if let skipping, let value { accepted[skipping].value = value } }
    try Self.update(&engine, accepted, count, input, &results)
    unload(particle)
    for index in 0..<count where results[index].fate == .used {
      logLikelihoods[particle] -=
        0.5 * (results[index].normalisedSquare + Double.logarithm(results[index].variance))
    }
  }

  private static func update(
    _ engine: inout ExtendedKalmanFilter<Model>, _ readings: [ChannelReading], _ count: Int,
    _ input: Model.Input, _ results: inout [ChannelOutcome]
  ) throws(EstimationError) {
    try readings.withUnsafeBufferPointer { readings throws(EstimationError) in
      try results.withUnsafeMutableBufferPointer { results throws(EstimationError) in
        try engine.update(
          UnsafeBufferPointer(rebasing: readings[0..<count]), input: input,
          rule: .init(gate: .infinity, iterations: 8), outcomes: results)
      }
    }
  }
}
