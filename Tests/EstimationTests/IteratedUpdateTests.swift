import Estimation
import Testing

/// One static quantity seen through a square: y = z^2.
private struct Squared: StateSpaceModel {
  var dimension: Int { 1 }
  var outputCount: Int { 1 }
  mutating func transition(
    _ state: UnsafeMutablePointer<Double>, input: Void, duration: Double,
    jacobian: UnsafeMutablePointer<Double>
  ) throws(EstimationError) { jacobian[0] = 1 }
  func addProcessNoise(
    to covariance: UnsafeMutablePointer<Double>, input: Void, duration: Double
  ) {}
  mutating func measure(
    _ state: UnsafePointer<Double>, input: Void, outputs: UnsafeMutablePointer<Double>,
    jacobian: UnsafeMutablePointer<Double>
  ) throws(EstimationError) {
    outputs[0] = state[0] * state[0]
    jacobian[0] = 2 * state[0]
  }
}

@Suite("Iterated update")
struct IteratedUpdateTests {
  @Test("It finds the most probable state, which one linearisation misses")
  func mode() throws {
    func posterior(iterations: Int) throws -> Double {
      var filter = try ExtendedKalmanFilter(Squared(), mean: [1], covariance: [4])
      let readings = [ChannelReading(output: 0, value: 9, variance: 0.01)]
      var outcomes = [ChannelOutcome()]
      try readings.withUnsafeBufferPointer { readings in
        try outcomes.withUnsafeMutableBufferPointer {
          try filter.update(
            readings, input: (), rule: .init(gate: 10, iterations: iterations), outcomes: $0)
        }
      }
      return filter.mean[0]
    }
    // Stationary point of (z-1)^2/4 + (z^2-9)^2/0.01: z - 1 + 800 z (z^2 - 9) = 0 near 3.
    var z = 3.0
    for _ in 0..<20 { z -= (z - 1 + 800 * z * (z * z - 9)) / (1 + 2400 * z * z - 7200) }
    #expect(abs(try posterior(iterations: 20) - z) < 2e-3)
    #expect(abs(try posterior(iterations: 1) - z) > 1)
  }
}
