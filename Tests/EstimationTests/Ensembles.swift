import Estimation

/// `ConstantVelocity` without derivatives.
struct CartEnsemble: EnsembleModel {
  private let cart = ConstantVelocity()
  var dimension: Int { 3 }
  var outputCount: Int { 2 }
  /// The acceleration's noise comes with the points, the bias's is added.
  var noiseCount: Int { 1 }
  var additiveCount: Int { 1 }

  mutating func advance(
    _ states: UnsafeMutablePointer<Double>, noise: UnsafePointer<Double>, count: Int,
    input: Double, duration: Double, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError) {
    for member in 0..<count {
      let state = states + 3 * member
      let push = input + noise[member] * cart.accelerationVariance.squareRoot()
      state[0] += duration * state[1] + 0.5 * push * duration * duration
      state[1] += push * duration
      state[2] *= cart.biasRetention
      failed[member] = false
    }
  }

  func additiveNoise(_ factor: UnsafeMutablePointer<Double>, input: Double, duration: Double) {
    factor[2] = cart.biasVariance.squareRoot()
  }

  mutating func observe(
    _ states: UnsafePointer<Double>, noise: UnsafePointer<Double>, count: Int, input: Double,
    outputs: UnsafeMutablePointer<Double>, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError) {
    for member in 0..<count {
      outputs[2 * member] = states[3 * member] + states[3 * member + 2]
      outputs[2 * member + 1] = states[3 * member + 1]
      failed[member] = false
    }
  }
}

/// x becomes x squared, and shows as that; from -3 to 3 only.
struct Square: EnsembleModel {
  var dimension: Int { 1 }
  var outputCount: Int { 1 }
  var noiseCount: Int { 0 }
  var additiveCount: Int { 0 }

  mutating func advance(
    _ states: UnsafeMutablePointer<Double>, noise: UnsafePointer<Double>, count: Int, input: Void,
    duration: Double, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError) {
    for member in 0..<count {
      failed[member] = abs(states[member]) > 3
      states[member] *= states[member]
    }
  }

  func additiveNoise(_ factor: UnsafeMutablePointer<Double>, input: Void, duration: Double) {}

  mutating func observe(
    _ states: UnsafePointer<Double>, noise: UnsafePointer<Double>, count: Int, input: Void,
    outputs: UnsafeMutablePointer<Double>, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError) {
    for member in 0..<count {
      failed[member] = abs(states[member]) > 3
      outputs[member] = states[member] * states[member]
    }
  }
}
