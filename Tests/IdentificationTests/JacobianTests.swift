import Identification
import Testing

struct JacobianTests {
  /// The gradient is made of one-sided differences of every residual; the oracle is the central
  /// difference of the whole cost, which never sees a residual.
  @Test("the gradient is the slope of the cost")
  func gradient() throws {
    let fit = try RecoveryTests.fit(seed: 106)
    // Away from the start, where no residual of 1 mV noise would show a slope.
    let values = fit.start.enumerated().map { $1 + ($0 < 5 ? 0.1 : 1e-4) }
    let here = try #require(fit.linearised(values))
    for i in values.indices {
      let step = i < 5 ? 1e-3 : 1e-5
      func cost(_ sign: Double) throws -> Double {
        var moved = values
        moved[i] += sign * step
        return try #require(fit.cost(moved))
      }
      let slope = try (cost(1) - cost(-1)) / (2 * step)
      // One-sided differences are off by their curvature times the step, 2 % of a prior.
      #expect(
        (here.gradient[i] - slope).magnitude < 0.02 * slope.magnitude + 1e-3 * here.cost,
        "value \(i): \(here.gradient[i]), \(slope)")
    }
  }
}
