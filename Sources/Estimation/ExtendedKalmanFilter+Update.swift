extension ExtendedKalmanFilter {
  /// How an update treats surprising readings and curved outputs.
  public struct UpdateRule: Sendable, Hashable {
    /// A reading further than this many sd from its prediction is not assimilated.
    public var gate: Double
    /// The outputs are linearised up to this many times in all, while an update moves an assimilated
    /// output by more than `iterationThreshold`: a wide prior on a curved output needs it.
    public var iterations: Int
    /// In sd of the sensor.
    public var iterationThreshold: Double

    /// A rule from its parts.
    public init(gate: Double = 5, iterations: Int = 1, iterationThreshold: Double = 3) {
      self.gate = gate
      self.iterations = iterations
      self.iterationThreshold = iterationThreshold
    }
  }

  /// Assimilates `readings` one after the other; what became of each goes to `outcomes` (same count).
  ///
  /// Sequential scalar updates with the outputs linearised about one point are exact for independent
  /// sensors. With `rule.iterations > 1` the point moves to the posterior mean (iterated filter).
  public mutating func update(
    _ readings: UnsafeBufferPointer<ChannelReading>, input: Model.Input, rule: UpdateRule,
    outcomes: UnsafeMutableBufferPointer<ChannelOutcome>
  ) throws(EstimationError) {
    save()
    for index in 0..<mean.count { linearisationPoint[index] = mean[index] }
    do {
      for iteration in 1...max(1, rule.iterations) {
        if iteration == 1 { try measureAtPoint(input) } else { try measureOnTheWay(input) }
        if iteration > 1 { restore() }
        for index in 0..<min(readings.count, outcomes.count) {
          // The gate judges the prior once; later iterations only refine.
          let first = iteration == 1
          let outcome = assimilate(
            readings[index], gate: first ? rule.gate : .infinity,
            skip: !first && outcomes[index].fate != .used)
          if first { outcomes[index] = outcome }
        }
        guard iteration < rule.iterations, move(of: readings, outcomes) > rule.iterationThreshold
        else { break }
        for index in 0..<mean.count { linearisationPoint[index] = mean[index] }
      }
      try check("update")
    } catch {
      restore()
      throw error
    }
  }

  /// Outputs and their Jacobian at the mean, for reporting; count of both as the model says.
  public mutating func measure(_ input: Model.Input) throws(EstimationError) {
    for index in 0..<mean.count { linearisationPoint[index] = mean[index] }
    try measureAtPoint(input)
  }

  /// One output at the point of the last `measure`, with its variance under the present covariance.
  public func output(_ index: Int) -> (mean: Double, variance: Double) {
    let variance = outputJacobian.withUnsafeBufferPointer { rows -> Double in
      guard let base = rows.baseAddress else { return .nan }
      return self.variance(along: base + index * dimension)
    }
    return (outputs[index], max(0, variance))
  }

  private mutating func measureAtPoint(_ input: Model.Input) throws(EstimationError) {
    try model.measure(
      linearisationPoint, input: input, outputs: &outputs, jacobian: &outputJacobian)
    for value in outputs where !value.isFinite {
      throw EstimationError(.notFinite, "filter, measure: output is \(value)")
    }
  }

  /// A wide prior can throw a step out of the model's range: then linearise on the way to it, closer
  /// and closer to the prior mean, where the model is known to hold.
  private mutating func measureOnTheWay(_ input: Model.Input) throws(EstimationError) {
    for attempt in 0... {
      do {
        try measureAtPoint(input)
        return
      } catch {
        guard attempt < 12 else { throw error }
        for index in 0..<mean.count {
          linearisationPoint[index] = 0.5 * (linearisationPoint[index] + savedMean[index])
        }
      }
    }
  }

  /// Largest move of an assimilated output between linearisation point and mean, in sensor sd.
  private func move(
    of readings: UnsafeBufferPointer<ChannelReading>,
    _ outcomes: UnsafeMutableBufferPointer<ChannelOutcome>
  ) -> Double {
    var largest = 0.0
    for index in 0..<min(readings.count, outcomes.count) where outcomes[index].fate == .used {
      let row = readings[index].output * dimension
      var moved = 0.0
      for i in 0..<dimension {
        moved += outputJacobian[row + i] * (mean[i] - linearisationPoint[i])
      }
      largest = max(largest, abs(moved) / readings[index].variance.squareRoot())
    }
    return largest
  }

  /// One scalar update; Joseph form in two rank-one passes: M = (I - K h) P, P = M (I - K h)^T + K R K^T.
  private mutating func assimilate(
    _ reading: ChannelReading, gate: Double, skip: Bool
  ) -> ChannelOutcome {
    var outcome = ChannelOutcome()
    let n = dimension
    let row = reading.output * n
    guard !skip, reading.value.isFinite, reading.variance > 0 else { return outcome }
    var predicted = outputs[reading.output]
    for i in 0..<n { predicted += outputJacobian[row + i] * (mean[i] - linearisationPoint[i]) }
    return outputJacobian.withUnsafeBufferPointer { jacobian in
      covariance.withUnsafeMutableBufferPointer { p in
        direction.withUnsafeMutableBufferPointer { w in
          mean.withUnsafeMutableBufferPointer { z in
            guard let base = jacobian.baseAddress, let p = p.baseAddress, let w = w.baseAddress
            else { return outcome }
            let h = base + row
            multiply(p, h, into: w, n)
            var variance = reading.variance
            for i in 0..<n { variance += h[i] * w[i] }
            outcome.predicted = predicted
            outcome.innovation = reading.value - predicted
            outcome.variance = variance
            guard abs(outcome.innovation) <= gate * variance.squareRoot() else {
              outcome.fate = .gated
              return outcome
            }
            outcome.fate = .used
            for i in 0..<n { z[i] += w[i] / variance * outcome.innovation }
            joseph(p, h, w, variance: variance, noise: reading.variance, n)
            return outcome
          }
        }
      }
    }
  }
}

private func multiply(
  _ p: UnsafeMutablePointer<Double>, _ h: UnsafePointer<Double>,
  into w: UnsafeMutablePointer<Double>,
  _ n: Int
) {
  w.update(repeating: 0, count: n)
  // Rows of the symmetric P serve as columns, so that the inner loop is contiguous.
  for j in 0..<n where h[j] != 0 {
    let slope = h[j]
    let row = p + j * n
    for i in 0..<n { w[i] += slope * row[i] }
  }
}

/// With w = P h^T on entry, gain K = w / variance. M h^T is computed from M as rounded, which is what
/// makes the form keep definiteness; P comes out symmetric to the bit.
private func joseph(
  _ p: UnsafeMutablePointer<Double>, _ h: UnsafePointer<Double>, _ w: UnsafeMutablePointer<Double>,
  variance: Double, noise: Double, _ n: Int
) {
  let inverse = 1 / variance
  for i in 0..<n {
    let gain = w[i] * inverse
    guard gain != 0 else { continue }
    let row = p + i * n
    for j in 0..<n { row[j] -= gain * w[j] }
  }
  for i in 0..<n {
    let row = p + i * n
    var remaining = 0.0
    for j in 0..<n where h[j] != 0 { remaining += row[j] * h[j] }
    let gain = w[i] * inverse
    for j in 0..<n { row[j] += (gain * noise - remaining) * (w[j] * inverse) }
  }
  for i in 0..<n {
    for j in (i + 1)..<max(n, i + 1) {
      let mean = 0.5 * (p[i * n + j] + p[j * n + i])
      p[i * n + j] = mean
      p[j * n + i] = mean
    }
  }
}
