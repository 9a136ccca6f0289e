import Estimation

/// A cart with position and velocity and a sensor bias, all linear: what the filter
/// does on it is known in closed form.
struct ConstantVelocity: StateSpaceModel {
  var accelerationVariance = 0.04
  var biasRetention = 0.99
  var biasVariance = 0.01
  var failing = false

  var dimension: Int { 3 }
  var outputCount: Int { 2 }

  mutating func transition(
    _ state: UnsafeMutablePointer<Double>, input: Double, duration: Double,
    jacobian: UnsafeMutablePointer<Double>
  ) throws(EstimationError) {
    state[0] += duration * state[1] + 0.5 * input * duration * duration
    state[1] += input * duration
    state[2] *= biasRetention
    let rows: [Double] = [1, duration, 0, 0, 1, 0, 0, 0, biasRetention]
    for index in 0..<rows.count { jacobian[index] = rows[index] }
    if failing { throw EstimationError(.model, "cart left the rails") }
  }

  func addProcessNoise(
    to covariance: UnsafeMutablePointer<Double>, input: Double, duration: Double
  ) {
    let gain = [0.5 * duration * duration, duration]
    for i in 0..<2 {
      for j in 0..<2 { covariance[i * 3 + j] += accelerationVariance * gain[i] * gain[j] }
    }
    covariance[8] += biasVariance
  }

  mutating func measure(
    _ state: UnsafePointer<Double>, input: Double, outputs: UnsafeMutablePointer<Double>,
    jacobian: UnsafeMutablePointer<Double>
  ) throws(EstimationError) {
    outputs[0] = state[0] + state[2]
    outputs[1] = state[1]
    let rows: [Double] = [1, 0, 1, 0, 1, 0]
    for index in 0..<rows.count { jacobian[index] = rows[index] }
  }
}
