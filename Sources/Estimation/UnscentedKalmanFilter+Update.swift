import Kernels

extension UnscentedKalmanFilter {
  /// Outputs under `input` at the present mean and factor.
  public mutating func measure(_ input: Model.Input) throws(EstimationError) {
    let members = 1 + 2 * pairs
    try evaluate("measure") { filter throws(EstimationError) in
      try filter.model.observe(
        filter.states, noise: filter.noise, count: members, input: input,
        outputs: &filter.outputs, failed: &filter.failed)
    }
    let m = model.outputCount
    for output in 0..<m {
      let centre = outputs[output]
      var shift = 0.0
      for j in 0..<pairs {
        let difference = Self.differences(
          outputs[(1 + 2 * j) * m + output], outputs[(2 + 2 * j) * m + output], centre,
          spread: spreads[j])
        slopes[output * pairs + j] = difference.slope
        curvatures[output * pairs + j] = difference.curvature
        shift += difference.curvature
      }
      outputMean[output] = centre + shift * 0.5.squareRoot()
      guard outputMean[output].isFinite else {
        throw EstimationError(.notFinite, "filter, measure: output is \(outputMean[output])")
      }
    }
  }

  /// One output as it was last measured, with its variance; that of the noise inputs is not in it.
  public func output(_ index: Int) -> (mean: Double, variance: Double) {
    (outputMean[index], covariance(index, index))
  }

  /// Variance of an output by the noise inputs.
  public func noiseVariance(of index: Int) -> Double {
    var sum = 0.0
    for j in dimension..<pairs { sum += slopes[index * pairs + j] * slopes[index * pairs + j] }
    return sum
  }

  func covariance(_ first: Int, _ second: Int) -> Double {
    var sum = 0.0
    for j in 0..<dimension { sum += slopes[first * pairs + j] * slopes[second * pairs + j] }
    return sum + curvature(first, second)
  }

  private func curvature(_ first: Int, _ second: Int) -> Double {
    var sum = 0.0
    for j in 0..<pairs { sum += curvatures[first * pairs + j] * curvatures[second * pairs + j] }
    return sum
  }

  /// Assimilates `readings` together, with the outputs of the last `measure`, which must be of this instant
  /// and input; what became of each goes to `outcomes` (same count), each given those before it.
  ///
  /// Where the readings are much sharper than the belief, one line through the outputs does not do: their
  /// likelihood is taken in shares (powers that sum to 1), and the outputs are measured anew between them.
  ///
  /// - Parameter gate: a reading further than this many sd from its prediction is not assimilated.
  public mutating func update(
    _ readings: UnsafeBufferPointer<ChannelReading>, input: Model.Input, gate: Double,
    outcomes: UnsafeMutableBufferPointer<ChannelOutcome>
  ) throws(EstimationError) {
    save()
    innovations.begin()
    for index in 0..<min(readings.count, outcomes.count) {
      outcomes[index] = propose(readings[index], variance: readings[index].variance, gate: gate)
    }
    guard innovations.count > 0 else { return }
    do {
      var left = 1.0
      for round in 1...Self.mostShares {
        // What is left after so many shares is taken at once: a belief that does not sharpen must not go on.
        let own = round == Self.mostShares ? 1 : share(of: readings, outcomes)
        let share = min(left, own)
        if share < 1 { take(readings, outcomes, share: share) }
        correct()
        try check("update")
        left -= share
        guard left > 1e-9 else { return }
        try measure(input)
      }
    } catch {
      restore()
      throw error
    }
  }

  /// Each leaves an eleventh of the variance: enough for a belief of 10^20 times a reading's.
  private static var mostShares: Int { 20 }

  /// How much sharper than an output's belief a share of its reading may be.
  private static var sharpness: Double { 10 }

  private func share(
    of readings: UnsafeBufferPointer<ChannelReading>,
    _ outcomes: UnsafeMutableBufferPointer<ChannelOutcome>
  ) -> Double {
    var most = 1.0
    for index in 0..<min(readings.count, outcomes.count) where outcomes[index].fate == .used {
      let belief = covariance(readings[index].output, readings[index].output)
      guard belief > 0 else { continue }
      most = min(most, Self.sharpness * readings[index].variance / belief)
    }
    return max(most, 1e-6)
  }

  /// The readings that passed the gate, each with its likelihood to the power `share`.
  private mutating func take(
    _ readings: UnsafeBufferPointer<ChannelReading>,
    _ outcomes: UnsafeMutableBufferPointer<ChannelOutcome>, share: Double
  ) {
    innovations.begin()
    for index in 0..<min(readings.count, outcomes.count) where outcomes[index].fate == .used {
      _ = propose(readings[index], variance: readings[index].variance / share, gate: .infinity)
    }
  }

  private mutating func propose(_ reading: ChannelReading, variance: Double, gate: Double)
    -> ChannelOutcome
  {
    var outcome = ChannelOutcome()
    guard reading.value.isFinite, reading.variance > 0 else { return outcome }
    let output = reading.output
    for a in 0..<innovations.count { gain[a] = covariance(output, used[a]) }
    let proposal = innovations.propose(
      innovation: reading.value - outputMean[output],
      variance: covariance(output, output) + variance, covariances: gain)
    outcome.innovation = proposal.whitened * proposal.deviation
    outcome.predicted = reading.value - outcome.innovation
    outcome.variance = proposal.deviation * proposal.deviation
    guard abs(proposal.whitened) <= gate else {
      outcome.fate = .gated
      return outcome
    }
    outcome.fate = .used
    used[innovations.count] = output
    variances[innovations.count] = variance
    innovations.accept(proposal.whitened)
    return outcome
  }

  private mutating func correct() {
    factorNoise()
    for i in 0..<dimension { correct(i) }
    updated.triangularise(into: &factor)
  }

  /// Factor of what the readings' own noise and the curvature of the outputs add.
  private mutating func factorNoise() {
    let count = innovations.count
    let width = model.outputCount
    for a in 0..<count {
      for b in 0...a {
        var sum = curvature(used[a], used[b]) + (a == b ? variances[a] : 0)
        for k in 0..<b { sum -= noiseFactor[a * width + k] * noiseFactor[b * width + k] }
        noiseFactor[a * width + b] =
          a == b ? max(sum, 0).squareRoot() : sum / noiseFactor[b * width + b]
      }
    }
  }

  /// Row `i` of the mean, and of [S - K A, K N].
  private mutating func correct(_ i: Int) {
    let n = dimension
    let count = innovations.count
    for a in 0..<count {
      var sum = 0.0
      for j in 0...i { sum += factor[i * n + j] * slopes[used[a] * pairs + j] }
      gain[a] = sum
    }
    innovations.solveLower(&gain)
    for a in 0..<count { mean[i] += gain[a] * innovations.whitened[a] }
    innovations.solveUpper(&gain)
    let row = updated.row(i)
    for j in 0..<n { row[j] = factor[i * n + j] }
    for a in 0..<count {
      let own = gain[a]
      guard own != 0 else { continue }
      for j in 0..<n { row[j] -= own * slopes[used[a] * pairs + j] }
    }
    for a in 0..<model.outputCount {
      var sum = 0.0
      for b in a..<max(count, a) { sum += gain[b] * noiseFactor[b * model.outputCount + a] }
      row[n + a] = sum
    }
  }
}
