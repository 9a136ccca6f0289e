import Estimation
import Kernels
import Testing

/// Textbook Kalman filter, dense, with the joint (2 x 2) update in one go: the oracle.
private struct ReferenceFilter {
  var z: [Double]
  var p: [[Double]]
  let model: ConstantVelocity

  mutating func predict(_ u: Double, _ dt: Double) {
    let f = [[1, dt, 0], [0, 1, 0], [0, 0, model.biasRetention]]
    let g = [0.5 * dt * dt, dt, 0]
    z = (0..<3).map { i in (0..<3).reduce(g[i] * u) { $0 + f[i][$1] * z[$1] } }
    p = product(product(f, p), transpose(f))
    for i in 0..<3 {
      for j in 0..<3 { p[i][j] += model.accelerationVariance * g[i] * g[j] }
    }
    p[2][2] += model.biasVariance
  }

  mutating func update(_ y: [Double], _ r: [Double]) {
    let h: [[Double]] = [[1, 0, 1], [0, 1, 0]]
    var s = product(product(h, p), transpose(h))
    s[0][0] += r[0]
    s[1][1] += r[1]
    let det = s[0][0] * s[1][1] - s[0][1] * s[1][0]
    let inverse = [[s[1][1] / det, -s[0][1] / det], [-s[1][0] / det, s[0][0] / det]]
    let gain = product(product(p, transpose(h)), inverse)
    let e = [y[0] - z[0] - z[2], y[1] - z[1]]
    for i in 0..<3 { z[i] += gain[i][0] * e[0] + gain[i][1] * e[1] }
    let removed = product(product(gain, h), p)
    for i in 0..<3 { for j in 0..<3 { p[i][j] -= removed[i][j] } }
  }

  private func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in
      b[0].indices.map { j in row.indices.reduce(0.0) { $0 + row[$1] * b[$1][j] } }
    }
  }

  private func transpose(_ a: [[Double]]) -> [[Double]] {
    a[0].indices.map { j in a.map { $0[j] } }
  }
}

@Suite("Extended Kalman filter")
struct ExtendedKalmanFilterTests {
  private let initial: [Double] = [1, 0.2, 0, 0.2, 2, 0.1, 0, 0.1, 0.5]

  private func filter(_ model: ConstantVelocity = ConstantVelocity()) throws
    -> ExtendedKalmanFilter<ConstantVelocity>
  {
    try ExtendedKalmanFilter(model, mean: [0.3, -0.1, 0.2], covariance: initial)
  }

  @discardableResult
  private func update(
    _ filter: inout ExtendedKalmanFilter<ConstantVelocity>, _ readings: [ChannelReading],
    gate: Double = .infinity
  ) throws -> [ChannelOutcome] {
    var outcomes = readings.map { _ in ChannelOutcome() }
    try readings.withUnsafeBufferPointer { readings in
      try outcomes.withUnsafeMutableBufferPointer { outcomes in
        try filter.update(
          readings, input: 0, rule: .init(gate: gate), outcomes: outcomes)
      }
    }
    return outcomes
  }

  @Test("On a linear model it is the Kalman filter")
  func linear() throws {
    let model = ConstantVelocity()
    var tested = try filter(model)
    var reference = ReferenceFilter(
      z: [0.3, -0.1, 0.2], p: [[1, 0.2, 0], [0.2, 2, 0.1], [0, 0.1, 0.5]], model: model)
    var random = RandomStream(seed: 11)
    for _ in 0..<200 {
      let u = random.gaussian()
      let dt = 0.1 + random.uniform()
      let y = [3 * random.gaussian(), random.gaussian()]
      try tested.predict(u, duration: dt)
      try update(
        &tested,
        [
          ChannelReading(output: 0, value: y[0], variance: 0.09),
          ChannelReading(output: 1, value: y[1], variance: 0.25),
        ])
      reference.predict(u, dt)
      reference.update(y, [0.09, 0.25])
    }
    for i in 0..<3 {
      #expect(abs(tested.mean[i] - reference.z[i]) < 1e-11)
      for j in 0..<3 {
        #expect(abs(tested.covariance[3 * i + j] - reference.p[i][j]) < 1e-11)
      }
    }
  }

  @Test("Its error is as large as it says: NEES over 400 runs within the 99.9 % band")
  func consistency() throws {
    let model = ConstantVelocity()
    var total = 0.0
    let runs = 400
    for run in 0..<runs {
      var random = RandomStream(seed: 5, stream: UInt64(run))
      var truth = [0.3 + random.gaussian(), -0.1 + random.gaussian(), 0.2 + random.gaussian()]
      var tested = try ExtendedKalmanFilter(
        model, mean: [0.3, -0.1, 0.2], covariance: [1, 0, 0, 0, 1, 0, 0, 0, 1])
      for _ in 0..<30 {
        let push = model.accelerationVariance.squareRoot() * random.gaussian()
        truth[0] += truth[1] + 0.5 * push
        truth[1] += push
        truth[2] = model.biasRetention * truth[2] + 0.1 * random.gaussian()
        try tested.predict(0, duration: 1)
        let y = truth[0] + truth[2] + 0.3 * random.gaussian()
        try update(&tested, [ChannelReading(output: 0, value: y, variance: 0.09)])
      }
      total += normalisedSquare(zip(tested.mean, truth).map { $0 - $1 }, tested.covariance)
    }
    // chi-square with 1200 degrees of freedom, 0.05 % and 99.95 %: Wilson-Hilferty.
    let k = Double(3 * runs)
    let bounds = [-3.29, 3.29].map { z -> Double in
      let root = 1 - 2 / (9 * k) + z * (2 / (9 * k)).squareRoot()
      return k * root * root * root
    }
    #expect(total > bounds[0] && total < bounds[1], "NEES sum \(total), band \(bounds)")
  }

  @Test("A reading outside its gate, and one that is not there, change nothing")
  func gateAndMissing() throws {
    var tested = try filter()
    let before = (tested.mean, tested.covariance)
    let outcomes = try update(
      &tested,
      [
        ChannelReading(output: 0, value: 50, variance: 0.09),
        ChannelReading(output: 1, value: .nan, variance: 0.25),
      ], gate: 5)
    #expect(outcomes.map(\.fate) == [.gated, .missing])
    #expect(abs(outcomes[0].innovation - 49.5) < 1e-12)
    #expect(tested.mean == before.0)
    #expect(tested.covariance == before.1)
  }

  @Test("A model that fails leaves state and covariance to the bit")
  func failureKeepsState() throws {
    var tested = try filter()
    try tested.predict(0.3, duration: 0.7)
    let before = (tested.mean, tested.covariance)
    tested.model.failing = true
    #expect(throws: EstimationError.self) { try tested.predict(0.3, duration: 0.7) }
    #expect(tested.mean == before.0)
    #expect(tested.covariance == before.1)
    #expect(throws: EstimationError.self) { try tested.predict(0, duration: 0) }
    tested.model.failing = false
    try tested.predict(0.3, duration: 0.7)
    #expect(tested.mean != before.0)
  }

  @Test("The covariance stays symmetric and positive after ten thousand precise readings")
  func positive() throws {
    var tested = try filter()
    var random = RandomStream(seed: 3)
    for _ in 0..<10_000 {
      try tested.predict(0, duration: 1e-3)
      try update(
        &tested, [ChannelReading(output: 0, value: random.gaussian() * 1e-6, variance: 1e-12)])
    }
    let p = tested.covariance
    for i in 0..<3 {
      #expect(p[4 * i] >= 0)
      for j in 0..<3 {
        let (upper, lower) = (p[3 * i + j], p[3 * j + i])
        let largest = (p[4 * i] * p[4 * j]).squareRoot()
        #expect(upper == lower)
        #expect(abs(upper) <= largest * (1 + 1e-9))
      }
    }
  }

  /// e^T P^-1 e for three entries, by Cramer's rule.
  private func normalisedSquare(_ e: [Double], _ p: [Double]) -> Double {
    func det(_ m: [Double]) -> Double {
      m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6])
        + m[2] * (m[3] * m[7] - m[4] * m[6])
    }
    let whole = det(p)
    return (0..<3).reduce(0.0) { sum, column in
      var replaced = p
      for row in 0..<3 { replaced[3 * row + column] = e[row] }
      return sum + e[column] * det(replaced) / whole
    }
  }
}
