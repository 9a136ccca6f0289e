extension ParticleFilter {
  /// Moves the belief over `duration`, s, under `input`; as it was when this throws.
  package mutating func predict(_ input: Model.Input, duration: Double) throws(EstimationError) {
    try FilterPrior.check(duration: duration)
    saved.take(store)
    var failure: EstimationError?
    for particle in 0..<store.active {
      load(particle)
      failed[particle] = false
      do throws(EstimationError) {
        try engine.predict(input, duration: duration)
        unload(particle)
      } catch {
        failed[particle] = true
        failure = error
      }
    }
    try dropFailed(failure)
    store.sinceReading += duration
    refreshMean()
  }

  /// Outputs of the present belief under `input`; the belief stays, but for particles out of the model's range.
  package mutating func measure(_ input: Model.Input) throws(EstimationError) {
    saved.take(store)
    try measureAll(input)
  }

  /// The most probable particle comes last and stands first: what the model keeps of its last call is of it.
  mutating func measureAll(_ input: Model.Input) throws(EstimationError) {
    var failure: EstimationError?
    store.swap(0, heaviest)
    for particle in (0..<store.active).reversed() {
      load(particle)
      failed[particle] = false
      do throws(EstimationError) {
        try engine.measure(input)
        for index in 0..<outputCount {
          let place = particle * outputCount + index
          outputMeans[place] = engine.outputs[index]
          outputVariances[place] = max(
            0, Self.variance(engine.covariance, engine.outputJacobian, index * dimension, dimension)
          )
        }
      } catch {
        failed[particle] = true
        failure = error
      }
    }
    try dropFailed(failure)
  }

  /// h P h^T for the row at `first`: all outputs of all particles want it, so that it takes half of P, four
  /// numbers at once.
  private static func variance(
    _ p: UnsafePointer<Double>, _ rows: UnsafePointer<Double>, _ first: Int, _ n: Int
  ) -> Double {
    let h = rows + first
    var total = 0.0
    for i in 0..<n where h[i] != 0 {
      let row = p + i * n
      var four = SIMD4<Double>(repeating: 0)
      var j = 0
      while j + 4 <= i {
        let a = UnsafeRawPointer(row + j).loadUnaligned(as: SIMD4<Double>.self)
        let b = UnsafeRawPointer(h + j).loadUnaligned(as: SIMD4<Double>.self)
        four += a * b
        j += 4
      }
      var below = four.sum()
      while j < i {
        below += row[j] * h[j]
        j += 1
      }
      total += h[i] * (2 * below + row[i] * h[i])
    }
    return total
  }

  private var heaviest: Int {
    var best = 0
    for particle in 0..<store.active where store.weights[particle] > store.weights[best] {
      best = particle
    }
    return best
  }

  /// - Throws: when the belief is no number; it is then as it was saved.
  mutating func check(_ stage: StaticString) throws(EstimationError) {
    for value in mean where !value.isFinite {
      store.take(saved)
      refreshMean()
      throw EstimationError(.notFinite, "filter, \(stage): state is \(value)")
    }
  }

  mutating func load(_ particle: Int) {
    let n = dimension
    ParticleStore.copy(store.means, particle * n, &engine.mean, 0, n)
    ParticleStore.copy(store.covariances, particle * n * n, &engine.covariance, 0, n * n)
  }

  mutating func unload(_ particle: Int) {
    let n = dimension
    ParticleStore.copy(engine.mean, 0, &store.means, particle * n, n)
    ParticleStore.copy(engine.covariance, 0, &store.covariances, particle * n * n, n * n)
  }

  /// A particle out of the model's range is not what the cell does; where nearly all are, the model fails.
  mutating func dropFailed(_ failure: EstimationError?) throws(EstimationError) {
    guard let failure else { return }
    for particle in (0..<store.active).reversed() where failed[particle] { remove(particle) }
    var left = 0.0
    for particle in 0..<store.active { left += store.weights[particle] }
    guard left > 0.01 else {
      store.take(saved)
      refreshMean()
      throw failure
    }
    normalise()
    refreshMean()
  }

  mutating func remove(_ particle: Int) {
    let last = store.active - 1
    store.remove(particle)
    guard particle != last else { return }
    copyOutputs(last, to: particle)
    logLikelihoods[particle] = logLikelihoods[last]
    failed[particle] = failed[last]
  }

  mutating func copyOutputs(_ source: Int, to target: Int) {
    for index in 0..<outputCount {
      outputMeans[target * outputCount + index] = outputMeans[source * outputCount + index]
      outputVariances[target * outputCount + index] = outputVariances[source * outputCount + index]
    }
  }

  mutating func normalise() {
    var sum = 0.0
    for particle in 0..<store.active { sum += store.weights[particle] }
    guard sum > 0 else { return }
    for particle in 0..<store.active { store.weights[particle] /= sum }
  }
}
