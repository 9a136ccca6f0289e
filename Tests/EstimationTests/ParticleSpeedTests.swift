import Electrochemistry
import Estimation
import Kernels
import Testing

@Suite("Cost of a particle filter's step")
struct ParticleSpeedTests {
  private func fastest(_ times: Int, _ body: () throws -> Void) rethrows -> Duration {
    var best = Duration.seconds(3600)
    for _ in 0..<times { best = min(best, try ContinuousClock().measure(body)) }
    return best
  }

  @Test(
    "A step of 10,000 particles takes less than three times what its model calls take")
  func ratio() throws {
    var configuration = EstimatorConfiguration()
    configuration.particles.count = 10_000
    let world = AugmentedSPMe(
      cell: try Cells.chen2020(), configuration: configuration, thermometers: 1)
    let members = ParticleFilter<CellEnsemble<SPMeLanes>>.members(configuration.particles, 1)
    let prior = world.prior(stateOfCharge: 0.5, stateOfChargeSD: 0.02, temperature: 298.15)
    var filter = try ParticleFilter(
      CellEnsemble.particles(world), settings: configuration.particles,
      mean: prior.mean, covariance: prior.covariance)
    let input = CellInput(current: 1, ambient: 298.15)
    try filter.measure(input)
    let readings = [
      ChannelReading(output: 0, value: filter.output(0).mean, variance: 1),
      ChannelReading(
        output: FilteredOutput.allCases.count, value: 298.15, variance: 0.01),
    ]
    var outcomes = [ChannelOutcome(), ChannelOutcome()]
    let whole = try fastest(7) {
      try filter.predict(input, duration: 1)
      try filter.measure(input)
      try readings.withUnsafeBufferPointer { readings in
        try outcomes.withUnsafeMutableBufferPointer {
          try filter.update(readings, input: input, gate: 6, outcomes: $0)
        }
      }
    }
    #expect(outcomes.map(\.fate) == [.used, .used])

    let lanes = SPMeLanes(
      world.model, count: members, parameters: configuration.parameters.map(\.name))
    let currents = [Double](repeating: 1, count: members)
    let ambients = [Double](repeating: 298.15, count: members)
    var rows = [Double](repeating: 0, count: members * 6)
    var failed = [Bool](repeating: false, count: members)
    let model = try fastest(7) {
      try lanes.step(currents: currents, ambients: ambients, duration: 1)
      // Before and after the update.
      for _ in 0..<2 {
        try lanes.outputs(
          currents: currents, ambients: ambients, into: &rows, stride: 6, failed: &failed)
      }
    }
    // Aim: 2.
    #expect(whole < model * 3, "\(whole) against \(model)")
  }
}
