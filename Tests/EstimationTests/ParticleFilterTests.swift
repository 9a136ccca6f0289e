import Estimation
import Kernels
import Testing

@Suite("Particle filter on a linear model")
struct ParticleFilterTests {
  private static let prior = (
    mean: [0.0, 1, 0.5], covariance: [4.0, 0.5, 0, 0.5, 1, 0.2, 0, 0.2, 0.3]
  )

  private func settings(
    _ count: Int, seed: UInt64, narrow: Double = 0
  ) -> ParticleSettings {
    var settings = ParticleSettings()
    settings.count = count
    settings.seed = seed
    settings.noisePeriod = 0
    settings.stuckSensor = nil
    settings.narrow = narrow
    return settings
  }

  private func step(
    _ filter: inout ParticleFilter<ParticleCart>, _ readings: [ChannelReading], gate: Double = 100
  ) throws -> [ChannelOutcome] {
    try filter.predict(0.1, duration: 0.5)
    try filter.measure(0.1)
    var outcomes = readings.map { _ in ChannelOutcome() }
    try readings.withUnsafeBufferPointer { readings in
      try outcomes.withUnsafeMutableBufferPointer {
        try filter.update(readings, input: 0.1, gate: gate, outcomes: $0)
      }
    }
    return outcomes
  }

  /// A position reading sharper than the belief by 10 at first, then of its own size.
  private static func readings(_ index: Int, _ random: inout RandomStream) -> [ChannelReading] {
    [
      ChannelReading(
        output: 0, value: 0.5 + 0.05 * Double(index) + 0.2 * random.gaussian(), variance: 0.04),
      ChannelReading(output: 1, value: 0.1 + 0.3 * random.gaussian(), variance: 0.09),
    ]
  }

  /// Errors over 12 seeds of 60 steps each, in the Kalman filter's standard deviations, squared and
  /// averaged; and the mean ratio of the variances.
  private func compare(
    _ model: ParticleCart, count: Int, narrow: Double = 0
  ) throws -> (square: Double, ratio: Double) {
    var (squares, ratios, terms) = (0.0, 0.0, 0.0)
    for seed in 101..<113 {
      var random = RandomStream(seed: 7, stream: UInt64(seed))
      var particles = try ParticleFilter(
        model, settings: settings(count, seed: UInt64(seed), narrow: narrow), mean: Self.prior.mean,
        covariance: Self.prior.covariance)
      var kalman = try ExtendedKalmanFilter(
        ConstantVelocity(), mean: Self.prior.mean, covariance: Self.prior.covariance)
      for index in 0..<60 {
        let readings = Self.readings(index, &random)
        _ = try step(&particles, readings)
        try kalman.predict(0.1, duration: 0.5)
        var outcomes = [ChannelOutcome(), ChannelOutcome()]
        try readings.withUnsafeBufferPointer { readings in
          try outcomes.withUnsafeMutableBufferPointer {
            try kalman.update(readings, input: 0.1, rule: .init(gate: 100), outcomes: $0)
          }
        }
        for entry in 0..<3 {
          let error = (particles.mean[entry] - kalman.mean[entry]) / kalman.sd(entry)
          let ratio = particles.sd(entry) / kalman.sd(entry)
          squares += error * error
          ratios += ratio * ratio
          terms += 1
        }
      }
    }
    return (squares / terms, ratios / terms)
  }

  @Test("Mean and variance are the Kalman filter's to Monte Carlo error", arguments: Way.allCases)
  func linear(way: Way) throws {
    let count = 4000
    let result = try compare(
      ParticleCart(marginalisesBias: way != .weighed), count: count,
      narrow: way == .movedIfNarrow ? .infinity : 0)
    #expect(result.square < way.variances / Double(count), "\(result.square)")
    #expect(abs(result.ratio - 1) < 0.05, "\(result.ratio)")
  }

  /// How position readings are taken in.
  enum Way: CaseIterable {
    case marginalised, weighed, movedIfNarrow

    /// Variances of one drawing that the mean is off by: each resampling adds one or two, and is forgotten as
    /// the readings before it are. With the bias drawn too, which only position and velocity together
    /// tell, nothing is forgotten for a hundred steps.
    var variances: Double {
      switch self {
      case .marginalised: 20
      case .weighed: 150
      case .movedIfNarrow: 10
      }
    }
  }

  @Test("Its error falls as the root of the number of particles")
  func rate() throws {
    let model = ParticleCart(marginalisesBias: true)
    let few = try compare(model, count: 250)
    let many = try compare(model, count: 4000)
    // Sixteen times as many: a sixteenth, to a factor of 2.5.
    #expect(many.square < few.square / 6.4 && many.square > few.square / 40)
  }

  @Test("A parameter that no reading tells keeps mean and spread over 10,000 steps")
  func constant() throws {
    var filter = try ParticleFilter(
      Wanderer(), settings: settings(1000, seed: 5, narrow: .infinity), mean: [0, 1],
      covariance: [1, 0, 0, 0.04])
    var random = RandomStream(seed: 102)
    var truth = 0.0
    for _ in 0..<10_000 {
      truth = 0.9 * truth + 0.4 * random.gaussian()
      let readings = [
        ChannelReading(output: 0, value: truth + 0.3 * random.gaussian(), variance: 0.09)
      ]
      var outcomes = [ChannelOutcome()]
      try filter.predict((), duration: 1)
      try filter.measure(())
      try readings.withUnsafeBufferPointer { readings in
        try outcomes.withUnsafeMutableBufferPointer {
          try filter.update(readings, input: (), gate: 100, outcomes: $0)
        }
      }
    }
    #expect(abs(filter.sd(1) / 0.2 - 1) < 0.1, "sd \(filter.sd(1))")
    #expect(abs(filter.mean[1] - 1) < 0.02, "mean \(filter.mean[1])")
  }

  @Test("The same seed gives the same bits, another one others")
  func determinism() throws {
    func run(_ seed: UInt64) throws -> [UInt64] {
      var random = RandomStream(seed: 103)
      var filter = try ParticleFilter(
        ParticleCart(marginalisesBias: true), settings: settings(500, seed: seed),
        mean: Self.prior.mean, covariance: Self.prior.covariance)
      for index in 0..<50 { _ = try step(&filter, Self.readings(index, &random)) }
      return filter.mean.map(\.bitPattern)
    }
    #expect(try run(3) == run(3))
    #expect(try run(3) != run(4))
  }

  @Test("Settings that make no filter are refused")
  func settingsRefused() {
    func make(_ change: (inout ParticleSettings) -> Void) throws {
      var settings = ParticleSettings()
      change(&settings)
      _ = try ParticleFilter(
        ParticleCart(marginalisesBias: true), settings: settings, mean: Self.prior.mean,
        covariance: Self.prior.covariance)
    }
    #expect(throws: EstimationError.self) { try make { $0.count = 10 } }
    #expect(throws: EstimationError.self) { try make { $0.kernelWidth = 1 } }
    #expect(throws: EstimationError.self) { try make { $0.stuckSensor?.share = 0.9 } }
    #expect(throws: EstimationError.self) { try make { $0.stuckSensor?.onsetRate = -1 } }
  }
}

/// A stationary quantity that is read, and a constant that is not.
private struct Wanderer: ParticleModel {
  var dimension: Int { 2 }
  var outputCount: Int { 1 }
  var noiseCount: Int { 1 }
  var additiveCount: Int { 0 }
  var marginalised: Range<Int> { 2..<2 }
  var separate: Range<Int> { 1..<2 }
  var orderingOutput: Int { 0 }
  func isWeighed(_ output: Int) -> Bool { true }
  func marginalStep(
    _ retention: UnsafeMutablePointer<Double>, variance: UnsafeMutablePointer<Double>,
    duration: Double
  ) {}
  func couplings(_ matrix: UnsafeMutablePointer<Double>, input: Void) {}
  mutating func advance(
    _ states: UnsafeMutablePointer<Double>, noise: UnsafePointer<Double>, count: Int, input: Void,
    duration: Double, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError) {
    for member in 0..<count {
      states[2 * member] = 0.9 * states[2 * member] + 0.4 * noise[member]
      failed[member] = false
    }
  }
  func additiveNoise(_ factor: UnsafeMutablePointer<Double>, input: Void, duration: Double) {}
  mutating func observe(
    _ states: UnsafePointer<Double>, noise: UnsafePointer<Double>, count: Int, input: Void,
    outputs: UnsafeMutablePointer<Double>, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError) {
    for member in 0..<count {
      outputs[member] = states[2 * member]
      failed[member] = false
    }
  }
}
