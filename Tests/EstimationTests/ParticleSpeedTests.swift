import Electrochemistry
import Estimation
import Testing

@Suite("Cost of a particle filter's step")
struct ParticleSpeedTests {
  /// Fastest of many steps, so that what else the machine does drops out.
  private func fastest(_ kind: FilterKind, stateOfChargeSD: Double) throws -> Duration {
    var configuration = EstimatorConfiguration()
    configuration.filter = kind
    configuration.stateOfChargeSD = stateOfChargeSD
    var filters = [
      try CellFilter(
        cell: try Cells.chen2020(), configuration: configuration, temperature: 298.15,
        thermometers: 1)
    ]
    var plant = try NoisyCell(try Cells.chen2020(), stateOfCharge: 0.5, seed: 112)
    var best = Duration.seconds(3600)
    for _ in 0..<200 {
      best = min(best, try ContinuousClock().measure { _ = try plant.second(1, &filters) })
    }
    return best
  }

  @Test("A belief of one mode costs less than three steps of an extended Kalman filter")
  func ratio() throws {
    let particles = try fastest(.particle, stateOfChargeSD: 0.01)
    let kalman = try fastest(.extended, stateOfChargeSD: 0.01)
    #expect(particles < kalman * 3, "\(particles) against \(kalman)")
  }
}
