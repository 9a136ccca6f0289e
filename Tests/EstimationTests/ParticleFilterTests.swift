import Estimation
import Kernels
import Testing

@Suite("Particle filter on a linear model")
struct ParticleFilterTests {
  private static let prior = (
    mean: [0.0, 1, 0.5], covariance: [4.0, 0.5, 0, 0.5, 1, 0.2, 0, 0.2, 0.3]
  )

  private func make(_ change: (inout ParticleSettings) -> Void = { _ in }) throws
    -> ParticleFilter<ConstantVelocity>
  {
    var settings = ParticleSettings()
    settings.width = 0.3
    settings.stuckSensor = nil
    change(&settings)
    return try ParticleFilter(
      ConstantVelocity(), settings: settings,
      axis: .init(slopes: [1, 0, 0], output: 0, voltmeter: 0), mean: Self.prior.mean,
      covariance: Self.prior.covariance)
  }

  private static func readings(_ index: Int, _ random: inout RandomStream) -> [ChannelReading] {
    [
      ChannelReading(
        output: 0, value: 0.5 + 0.05 * Double(index) + 0.2 * random.gaussian(), variance: 0.04),
      ChannelReading(output: 1, value: 0.1 + 0.3 * random.gaussian(), variance: 0.09),
    ]
  }

  @Test("A belief that is split keeps mean and covariance to rounding")
  func split() throws {
    let filter = try make()
    #expect(filter.count > 10)
    for (found, given) in zip(
      filter.mean + filter.covariance, Self.prior.mean + Self.prior.covariance)
    {
      #expect(abs(found - given) < 1e-12)
    }
  }

  /// The sum of normals is the normal but for a ripple of 1e-5 and tails cut at 3.5 sd, 5e-4; 0.5 % of an sd
  /// is for their parts in tails where the readings fall.
  @Test("On a linear model mean and sd are the Kalman filter's", arguments: 101..<113)
  func linear(seed: Int) throws {
    var random = RandomStream(seed: 7, stream: UInt64(seed))
    var particles = try make()
    var kalman = try ExtendedKalmanFilter(
      ConstantVelocity(), mean: Self.prior.mean, covariance: Self.prior.covariance)
    for index in 0..<60 {
      let readings = Self.readings(index, &random)
      var outcomes = [ChannelOutcome(), ChannelOutcome()]
      try particles.predict(0.1, duration: 0.5)
      try particles.measure(0.1)
      try kalman.predict(0.1, duration: 0.5)
      try readings.withUnsafeBufferPointer { readings in
        try outcomes.withUnsafeMutableBufferPointer {
          try particles.update(readings, input: 0.1, gate: 100, outcomes: $0)
          try kalman.update(readings, input: 0.1, rule: .init(gate: 100), outcomes: $0)
        }
      }
      for entry in 0..<3 {
        let sd = kalman.sd(entry)
        #expect(abs(particles.mean[entry] - kalman.mean[entry]) < 0.005 * sd, "step \(index)")
        #expect(abs(particles.sd(entry) - sd) < 0.005 * sd, "step \(index)")
      }
    }
  }

  @Test("Settings that make no filter are refused")
  func settingsRefused() {
    for change: (inout ParticleSettings) -> Void in [
      { $0.count = 4 }, { $0.width = 0 },
      {
        $0.stuckSensor = .init(); $0.stuckSensor?.tolerance = 0
      },
      {
        $0.stuckSensor = .init(); $0.stuckSensor?.onsetRate = -1
      },
    ] { #expect(throws: EstimationError.self) { _ = try make(change) } }
  }
}
