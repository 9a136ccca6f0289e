import Estimation
import Kernels
import Testing

@Suite("Systematic resampling")
struct SystematicResamplingTests {
  private let weights = [0.05, 0.0, 0.37, 0.08, 0.21, 0.29]

  private func counts(_ offset: Double) -> [Int] {
    var picks = [Int](repeating: -1, count: weights.count)
    SystematicResampling.pick(
      weights, order: [3, 1, 0, 5, 4, 2], 0..<weights.count, offset: offset, into: &picks)
    return weights.indices.map { index in picks.filter { $0 == index }.count }
  }

  @Test(
    "Each is picked count x weight times on average, to the next integer always"
  )
  func unbiased() {
    var sums = [Double](repeating: 0, count: weights.count)
    let offsets = 10_000
    for index in 0..<offsets {
      let counts = counts((Double(index) + 0.5) / Double(offsets))
      #expect(counts.reduce(0, +) == weights.count)
      for (place, count) in counts.enumerated() {
        let expected = Double(weights.count) * weights[place]
        #expect(Double(count) > expected - 1 && Double(count) < expected + 1)
        sums[place] += Double(count)
      }
    }
    // The offsets are even: the mean is exact to one offset's share of an edge or two.
    for (place, sum) in sums.enumerated() {
      #expect(abs(sum / Double(offsets) - Double(weights.count) * weights[place]) < 1e-3)
    }
  }

  @Test("What has no weight is never picked, not even at the ends of the sum")
  func weightless() {
    var picks = [0, 0, 0]
    for (weights, offset) in [
      ([0.0, 1, 0], 0.0), ([0, 0.999_999_999_999, 0], 0.999_999_999_999_9),
    ] {
      SystematicResampling.pick(weights, order: [0, 1, 2], 0..<3, offset: offset, into: &picks)
      #expect(picks == [1, 1, 1])
    }
  }

  @Test("The effective size is the count for equal weights, 1 for one, and never leaves the two")
  func effectiveSize() {
    func size(_ weights: [Double]) -> Double {
      weights.withUnsafeBufferPointer { SystematicResampling.effectiveSize($0) }
    }
    #expect(abs(size([Double](repeating: 0.01, count: 100)) - 100) < 1e-9)
    #expect(size([0, 0, 3, 0]) == 1)
    #expect(size([0, 0]) == 0)
    var random = RandomStream(seed: 104)
    for _ in 0..<100 {
      let weights = (0..<20).map { _ in random.uniform() }
      #expect(size(weights) >= 1 && size(weights) <= 20)
      #expect(abs(size(weights) - size(weights.map { 7 * $0 })) < 1e-9)
    }
    // Log-normal weights of log-variance s2: count exp(-s2) in the limit.
    let many = (0..<200_000).map { _ in Double.exponential(0.5 * random.gaussian()) }
    #expect(abs(size(many) / 200_000 - Double.exponential(-0.25)) < 0.01)
  }
}
