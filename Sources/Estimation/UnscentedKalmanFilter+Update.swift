extension UnscentedKalmanFilter {
  /// Assimilates `readings` together, with the outputs of the last `measure`, which must be of this instant
  /// and input; what became of each goes to `outcomes` (same count), each given those before it. The
  /// outputs are then those of the new belief.
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
      outcomes[index] = propose(readings[index], gate: gate)
    }
    guard innovations.count > 0 else { return }
    do {
      var left = 1.0
      for round in 1...Self.mostShares {
        // What is left after so many shares is taken at once: a belief that does not sharpen must not go on.
        let own = round == Self.mostShares ? 1 : share(of: readings, outcomes)
        let share = min(left, own)
        for index in 0..<min(readings.count, outcomes.count) where outcomes[index].fate == .used {
          take(readings[index], share: share)
        }
        try check("update")
        left -= share
        if left > 1e-9 || round > 1 { try measure(input) }
        guard left > 1e-9 else { return }
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
      let variance = covariance(readings[index].output, readings[index].output)
      guard variance > 0 else { continue }
      most = min(most, Self.sharpness * readings[index].variance / variance)
    }
    return most
  }

  private mutating func propose(_ reading: ChannelReading, gate: Double) -> ChannelOutcome {
    var outcome = ChannelOutcome()
    guard reading.value.isFinite, reading.variance > 0 else { return outcome }
    let output = reading.output
    for a in 0..<innovations.count { covariances[a] = covariance(output, used[a]) }
    let proposal = innovations.propose(
      innovation: reading.value - outputMean[output],
      variance: covariance(output, output) + reading.variance, covariances: covariances)
    outcome.innovation = proposal.whitened * proposal.deviation
    outcome.predicted = reading.value - outcome.innovation
    outcome.variance = proposal.deviation * proposal.deviation
    guard abs(proposal.whitened) <= gate else {
      outcome.fate = .gated
      return outcome
    }
    outcome.fate = .used
    used[innovations.count] = output
    innovations.accept(proposal.whitened)
    return outcome
  }

  /// Potter's update with a share of one reading's likelihood: with h the output's row and r the variance of
  /// reading and curvature, S - S h h^T f / (1 + (r f)^(1/2)), f = 1 / (h^T h + r). The other outputs' rows
  /// go with the state's.
  private mutating func take(_ reading: ChannelReading, share: Double) {
    let output = reading.output
    var signal = 0.0
    for j in 0..<rank {
      direction[j] = slopes[output * pairs + j]
      signal += direction[j] * direction[j]
    }
    let own = reading.variance / share + curvature(output, output)
    let f = 1 / (signal + own)
    let shrink = f / (1 + (own * f).squareRoot())
    let step = f * (reading.value - outputMean[output])
    correct(step: step, shrink: shrink)
    for other in 0..<model.outputCount {
      var product = 0.0
      for j in 0..<rank { product += slopes[other * pairs + j] * direction[j] }
      outputMean[other] += step * product
      for j in 0..<rank { slopes[other * pairs + j] -= shrink * product * direction[j] }
    }
  }

  private mutating func correct(step: Double, shrink: Double) {
    let (rank, stride) = (rank, stride)
    gain.withUnsafeMutableBufferPointer { gain in
      factor.withUnsafeMutableBufferPointer { factor in
        for i in 0..<stride { gain[i] = 0 }
        for j in 0..<rank {
          let own = direction[j]
          for i in 0..<stride { gain[i] += own * factor[j * stride + i] }
        }
        for j in 0..<rank {
          let own = shrink * direction[j]
          for i in 0..<stride { factor[j * stride + i] -= own * gain[i] }
        }
      }
    }
    for i in 0..<dimension { mean[i] += step * gain[i] }
  }
}
