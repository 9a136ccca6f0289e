import Estimation
import Kernels
import Testing

@Suite("Square-root unscented Kalman filter")
struct UnscentedKalmanFilterTests {
  /// Steps with readings, one in seven of the positions off.
  private static let script: [(input: Double, position: Double, velocity: Double)] = {
    var entries: [(input: Double, position: Double, velocity: Double)] = []
    for step in 0..<40 {
      let time = Double(step)
      let position = 0.1 * time + (step % 7 == 0 ? 0.4 : 0)
      entries.append((input: 0.3 - 0.02 * time, position: position, velocity: 0.12))
    }
    return entries
  }()

  private static let prior = (
    mean: [0.0, 1, 0.5], covariance: [4.0, 0.5, 0, 0.5, 1, 0.2, 0, 0.2, 0.3]
  )

  @Test("On a linear model mean and covariance are the Kalman filter's")
  func linear() throws {
    var points = try UnscentedKalmanFilter(
      CartEnsemble(), mean: Self.prior.mean, covariance: Self.prior.covariance)
    var dense = try ExtendedKalmanFilter(
      ConstantVelocity(), mean: Self.prior.mean, covariance: Self.prior.covariance)
    for entry in Self.script {
      let readings = [
        ChannelReading(output: 0, value: entry.position, variance: 0.09),
        ChannelReading(output: 1, value: entry.velocity, variance: 0.04),
      ]
      var (a, b) = ([ChannelOutcome(), ChannelOutcome()], [ChannelOutcome(), ChannelOutcome()])
      try points.predict(entry.input, duration: 0.5)
      try dense.predict(entry.input, duration: 0.5)
      try points.measure(entry.input)
      try readings.withUnsafeBufferPointer { readings in
        try a.withUnsafeMutableBufferPointer {
          try points.update(readings, input: entry.input, gate: 4, outcomes: $0)
        }
        try b.withUnsafeMutableBufferPointer {
          try dense.update(readings, input: entry.input, rule: .init(gate: 4), outcomes: $0)
        }
      }
      for i in 0..<3 { #expect(abs(points.mean[i] - dense.mean[i]) < 1e-10) }
      for i in 0..<9 { #expect(abs(points.covariance[i] - dense.covariance[i]) < 1e-10) }
      for i in 0..<2 {
        #expect(a[i].fate == b[i].fate)
        #expect(abs(a[i].innovation - b[i].innovation) < 1e-10)
        #expect(abs(a[i].variance - b[i].variance) < 1e-10)
      }
    }
  }

  @Test("A square has the mean and the variance of a normal variable's: m2 + P and 4 m2 P + 2 P2")
  func quadratic() throws {
    for (mean, variance) in [(0.0, 1.0), (2, 0.25), (-1, 3)] {
      var filter = try UnscentedKalmanFilter(Square(), mean: [mean], covariance: [variance])
      try filter.measure(())
      let (y, spread) = filter.output(0)
      #expect(abs(y - (mean * mean + variance)) < 1e-12)
      #expect(abs(spread - (4 * mean * mean * variance + 2 * variance * variance)) < 1e-12)
      // The same through the transition.
      try filter.predict((), duration: 1)
      #expect(abs(filter.mean[0] - y) < 1e-12 && abs(filter.covariance[0] - spread) < 1e-12)
    }
  }

  @Test(
    "Points beyond the model's range are drawn nearer; the mean beyond it is an error and changes nothing"
  )
  func range() throws {
    // The square stands from -3 to 3 only; 3^(1/2) sd of 4 is 6.9 away.
    var filter = try UnscentedKalmanFilter(Square(), mean: [1], covariance: [16])
    try filter.measure(())
    let (y, spread) = filter.output(0)
    #expect(abs(y - 17) < 1e-9 && abs(spread - (4 * 16 + 2 * 256)) < 1e-9)
    var outside = try UnscentedKalmanFilter(Square(), mean: [4], covariance: [1])
    #expect(throws: EstimationError.self) { try outside.predict((), duration: 1) }
    #expect(outside.mean == [4] && outside.covariance == [1])
  }

  @Test("An absurd reading is gated, a missing one is none, and neither changes anything")
  func gate() throws {
    var filter = try UnscentedKalmanFilter(
      CartEnsemble(), mean: Self.prior.mean, covariance: Self.prior.covariance)
    try filter.measure(0)
    let readings = [
      ChannelReading(output: 0, value: 1000, variance: 0.09),
      ChannelReading(output: 1, value: .nan, variance: 0.04),
    ]
    var outcomes = [ChannelOutcome(), ChannelOutcome()]
    let before = filter.factor
    try readings.withUnsafeBufferPointer { readings in
      try outcomes.withUnsafeMutableBufferPointer {
        try filter.update(readings, input: 0, gate: 5, outcomes: $0)
      }
    }
    #expect(outcomes.map(\.fate) == [.gated, .missing])
    #expect(filter.mean == Self.prior.mean && filter.factor == before)
  }

  @Test("A singular prior is taken as it is: what has no variance stays as it was")
  func singular() throws {
    var filter = try UnscentedKalmanFilter(
      CartEnsemble(), mean: [0, 1, 0.5], covariance: [1, 1, 0, 1, 1, 0, 0, 0, 0])
    #expect(filter.covariance == [1, 1, 0, 1, 1, 0, 0, 0, 0])
    try filter.measure(0)
    let readings = [ChannelReading(output: 1, value: 2, variance: 1)]
    var outcomes = [ChannelOutcome()]
    try readings.withUnsafeBufferPointer { readings in
      try outcomes.withUnsafeMutableBufferPointer {
        try filter.update(readings, input: 0, gate: 5, outcomes: $0)
      }
    }
    #expect(abs(filter.mean[0] - 0.5) < 1e-14 && abs(filter.mean[1] - 1.5) < 1e-14)
    #expect(filter.mean[2] == 0.5 && abs(filter.covariance[0] - 0.5) < 1e-14)
  }

  @Test(
    "Loosened, one variance rises by what was asked for, and nothing that was known to many digits is lost"
  )
  func loosened() throws {
    // Beside a direction of 1e-18 of the variance: squares alone would not keep it.
    let covariance = [1.0, 1, 0, 1, 1 + 1e-9, 0, 0, 0, 1e-18]
    var filter = try UnscentedKalmanFilter(
      CartEnsemble(), mean: [0, 1, 0.5], covariance: covariance)
    filter.loosen(0, variance: 4)
    let after = filter.covariance
    #expect(abs(after[0] - 5) < 1e-14 && abs(after[4] - covariance[4]) < 1e-14)
    #expect(abs(after[1] - 1) < 1e-14 && abs(after[8] / 1e-18 - 1) < 1e-6)
    // What of the second is not in the first: 1 + 1e-9 - 1 / 5.
    #expect(abs(after[4] - after[1] * after[1] / after[0] - 0.8 - 1e-9) < 1e-14)
  }
}
