import DigitalTwin
import Electrochemistry
import Estimation
import Kernels
import Quantities
import Records
import Testing

@Suite("State of health over records")
struct HealthTests {
  private func aged(_ seed: UInt64) throws -> AgedCell {
    var random = RandomStream(seed: seed, stream: 3)
    return AgedCell(
      try Fixtures.chen2020(), seed: seed, lithium: 0.1 * random.uniform(),
      negative: 0.08 * random.uniform(), positive: 0.08 * random.uniform(),
      resistance: 6e-3 * random.uniform())
  }

  @Test("Known constants give the charge that a slow discharge between the limits takes out")
  func capacity() throws {
    let aged = try aged(101)
    let health = try CellHealth(aged.cell, try aged.belief)
    #expect(health.capacity.sd == 0)
    // C/500: overpotentials of a tenth of a millivolt.
    let record = try aged.record(
      ["Discharge at 0.01 A for 600 hours or until 2.5 V"], from: 1, period: 36_000)
    let hours = record.time[record.count - 1] / 3600
    #expect(abs(hours * 0.01 / health.capacity.mean - 1) < 2e-3)
    #expect(
      abs(
        health.lithiumLoss.mean
          - (1
            - Double.exponential(
              aged.values[.logLithiumInventory] ?? 0))) < 1e-12)
  }

  @Test(
    "After one full cycle at C/3 with pulses: capacity to 0.5 %, resistance to 2 %, losses to 1.5 % absolute, rms of five aged cells",
    .timeLimit(.minutes(5)))
  func matched() throws {
    var squares = Array(repeating: 0.0, count: 5)
    var normalised = squares
    for seed in UInt64(101)...105 {
      let aged = try aged(seed)
      let truth = try CellHealth(aged.cell, try aged.belief).figures
      let (belief, summary) = try AgedCell.track(
        try aged.record(), aged.cell, EstimatorConfiguration())
      #expect(summary.restarts == 0)
      let found = try CellHealth(aged.cell, belief).figures
      for index in truth.indices {
        let error = found[index].mean - truth[index].mean
        let relative = index < 2 ? error / truth[index].mean : error
        squares[index] += relative * relative / 5
        normalised[index] += error * error / (found[index].sd * found[index].sd) / 5
      }
    }
    let rms = squares.map { $0.squareRoot() }
    print("rms", rms, "mean z squared", normalised)
    for (error, target) in zip(rms, [0.005, 0.02, 0.015, 0.015, 0.015]) {
      #expect(error < target, "\(CellHealth.names): \(rms)")
    }
    // Five cells: the 99.9 % point of chi-square with five degrees of freedom, over five, is 4.1.
    for (index, square) in normalised.enumerated() {
      #expect(square < 4.1, "\(CellHealth.names[index]): \(normalised)")
    }
  }

  @Test("A second record is followed better by what the first one left than from scratch")
  func continues() throws {
    var (scratch, carried) = (0.0, 0.0)
    let short = [
      "Discharge at C/2 for 40 minutes", "Rest for 20 minutes", "Charge at C/2 for 30 minutes",
    ]
    for seed in UInt64(101)...104 {
      let aged = try aged(seed)
      let base = EstimatorConfiguration()
      let (first, _) = try AgedCell.track(try aged.record(), aged.cell, base)
      let second = try aged.record(short, from: 0.8, record: 2)
      let truth = try CellHealth(aged.cell, try aged.belief).capacity.mean
      func error(_ belief: ConstantsBelief?) throws -> Double {
        let (after, _) = try AgedCell.track(second, aged.cell, base, from: belief)
        return try CellHealth(aged.cell, after).capacity.mean / truth - 1
      }
      let blind = try error(nil)
      let kept = try error(AgeingWalk.after(first, days: 1, cycles: 0.5))
      scratch += blind * blind
      carried += kept * kept
    }
    // A partial discharge says little of the capacity; the version before says it to half a percent.
    #expect(carried.squareRoot() < 0.5 * scratch.squareRoot(), "\(carried) \(scratch)")
  }

  @Test("A walk adds variance, and only variance")
  func walk() throws {
    let belief = try ConstantsBelief(
      [.logLithiumInventory, .contactResistance], mean: [-0.1, 2e-3],
      covariance: [1e-4, 1e-6, 1e-6, 1e-6])
    let later = AgeingWalk.after(belief, days: 9, cycles: 4)
    #expect(later.mean == belief.mean)
    // 9 days at 1e-3 and 4 cycles at 2e-3: 9e-6 + 16e-6.
    #expect(abs(later.covariance[0] - (1e-4 + 25e-6)) < 1e-15)
    #expect(later.covariance[1] == 1e-6)
    #expect(abs(later.covariance[3] - (1e-6 + 25e-8)) < 1e-18)
    #expect(AgeingWalk.after(belief, days: 0, cycles: 0) == belief)
  }
}
