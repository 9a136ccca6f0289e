import Electrochemistry
import Identification
import Kernels
import Simulation
import Testing

/// Draws of a posterior against posteriors that are known.
struct PosteriorLaws {
  /// An offset of the open-circuit voltage moves every row alike: its posterior is a normal one, of precision
  /// rows / noise^2 + 1 / prior^2.
  private func offsetFit() throws -> (CellIdentification, sd: Double) {
    let base = try SimulatedCell.base()
    let model = RunModel(.spme, thermal: .isothermal)
    var record = SimulatedCell.record(
      base, [0, 0, 0, 0, 0], model: model, seed: 130,
      current: CurrentRecord(steps: [(0, 40)], ambient: 298.15))
    (record.stateOfCharge, record.stateOfChargeSD) = (SimulatedCell.charge, 0)
    let sd = (1 / (Double(record.times.count) / 1e-6 + 1 / 2.5e-5)).squareRoot()
    return (CellIdentification(base, [.openCircuitOffset], [record], model: model), sd)
  }

  @Test("draws of a normal posterior have its mean and width, and the walks see the same")
  func normal() throws {
    var (fit, sd) = try offsetFit()
    let attempt = fit.run(starts: 1, estimatesErrors: false)
    let found = try #require(attempt)
    let walks = try #require(fit.posterior(found, count: 4000))
    #expect(walks.spreadRatio(0) < 1.02)
    #expect(walks.independentDraws(0) > 400)
    let interval = walks.interval(0)
    // An end of 95 % has an error of 2.7 / sqrt(draws) standard deviations: 0.13 for 400.
    #expect((interval.lowerBound - (found.values[0] - 1.96 * sd)).magnitude < 0.3 * sd)
    #expect((interval.upperBound - (found.values[0] + 1.96 * sd)).magnitude < 0.3 * sd)
  }

  @Test("beside a bound half of it is left, which no covariance says")
  func bounded() throws {
    var (fit, sd) = try offsetFit()
    let attempt = fit.run(starts: 1, estimatesErrors: false)
    let found = try #require(attempt)
    let centre = found.values[0]
    fit.priors[0].bounds = centre...(centre + 1)
    let walks = try #require(fit.posterior(found, count: 4000))
    let interval = walks.interval(0)
    // 2.5 and 97.5 % of |N(0, sd^2)|.
    #expect(interval.lowerBound >= centre)
    #expect(((interval.lowerBound - centre) / sd - 0.031).magnitude < 0.1)
    #expect(((interval.upperBound - centre) / sd - 2.241).magnitude < 0.3)
  }

  @Test("walks at different places are told, and rows that hang together count for few")
  func diagnoses() {
    var stream = RandomStream(seed: 5)
    func walk(_ centre: Double, _ memory: Double) -> [[Double]] {
      var state = stream.gaussian()
      return (0..<2000).map { _ in
        state = memory * state + (1 - memory * memory).squareRoot() * stream.gaussian()
        return [centre + state]
      }
    }
    let apart = PosteriorWalks(draws: [walk(0, 0), walk(3, 0)], acceptance: 1)
    // Within 1, between the four halves' means 3: sqrt(1 + 3).
    #expect((apart.spreadRatio(0) - 2).magnitude < 0.1)
    for memory in [0.0, 0.9] {
      let walks = PosteriorWalks(
        draws: [walk(0, memory), walk(0, memory), walk(0, memory)], acceptance: 1)
      let independent = 6000 * (1 - memory) / (1 + memory)
      #expect((walks.independentDraws(0) / independent - 1).magnitude < 0.3)
      #expect(walks.spreadRatio(0) < 1.1)
    }
  }
}
