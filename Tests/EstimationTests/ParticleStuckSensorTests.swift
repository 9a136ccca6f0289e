import Electrochemistry
import Estimation
import Testing

@Suite("A voltmeter that freezes")
struct ParticleStuckSensorTests {
  // The others leave a frozen voltmeter to `ChannelMonitor` (SensorFaultTests).
  private let kinds = [FilterKind.particle]

  private func start(
    seed: UInt64, repeatEvidence: Double = 1
  ) throws -> (NoisyCell, [CellFilter]) {
    let cell = try Cells.chen2020()
    let filters = try kinds.map { kind in
      var configuration = EstimatorConfiguration()
      configuration.filter = kind
      configuration.stateOfChargeSD = 0.02
      configuration.particles.stuckSensor?.repeatEvidence = repeatEvidence
      return try CellFilter(
        cell: cell, configuration: configuration, temperature: 298.15, thermometers: 1)
    }
    return (try NoisyCell(cell, stateOfCharge: 0.5, seed: seed), filters)
  }

  @Test(
    "It is found out as the cell discharges, charge goes on open loop, and it is taken back",
    arguments: UInt64(121)..<127)
  func discharge(seed: UInt64) throws {
    var (plant, filters) = try start(seed: seed)
    var results: [Assimilation] = []
    for _ in 0..<200 { results = try plant.second(-2.5, &filters) }
    let before = results[0].belief
    #expect(try #require(before.stuckVoltageProbability) < 1e-3)
    plant.isStuck = true
    for _ in 0..<400 { results = try plant.second(-2.5, &filters) }
    let during = results[0].belief
    let truth = plant.stateOfCharge
    #expect(try #require(during.stuckVoltageProbability) > 0.9)
    #expect(during.stateOfCharge.sd > 0.9 * before.stateOfCharge.sd)
    #expect(abs(during.stateOfCharge.mean - truth) < 2 * during.stateOfCharge.sd)
    #expect(filters[0].restarts == 0)
    plant.isStuck = false
    for _ in 0..<20 { results = try plant.second(-2.5, &filters) }
    let after = results[0].belief
    #expect(try #require(after.stuckVoltageProbability) < 0.05)
    #expect(abs(after.stateOfCharge.mean - plant.stateOfCharge) < 3 * after.stateOfCharge.sd)
  }

  @Test("Where repeats are no evidence a step of the current tells within two readings")
  func step() throws {
    var (plant, filters) = try start(seed: 110, repeatEvidence: 0)
    for _ in 0..<60 { _ = try plant.second(0, &filters) }
    plant.isStuck = true
    var results: [Assimilation] = []
    for _ in 0..<60 { results = try plant.second(0, &filters) }
    // At rest a frozen reading is no evidence.
    #expect(try #require(results[0].belief.stuckVoltageProbability) < 0.05)
    for _ in 0..<2 { results = try plant.second(-2.5, &filters) }
    #expect(try #require(results[0].belief.stuckVoltageProbability) > 0.95)
    #expect(results[0].voltage.fate == .gated)
  }

  @Test("A working one under a changing current is never taken for stuck")
  func working() throws {
    var (plant, filters) = try start(seed: 111)
    for second in 0..<900 {
      let current = [-2.5, 0, 5, 0][second / 45 % 4]
      let results = try plant.second(current, &filters)
      #expect(try #require(results[0].belief.stuckVoltageProbability) < 0.01, "at \(second) s")
    }
  }

  @Test("A quiet meter that creeps by less than its noise is not taken for stuck")
  func creep() throws {
    var (_, filters) = try start(seed: 113, repeatEvidence: 0)
    let input = CellInput(current: 0, ambient: 298.15)
    let first = try filters[0].belief(input).voltage.mean
    for second in 0..<120 {
      let result = try filters[0].assimilate(
        input, at: Double(second), voltage: first + 1e-4 * Double(second),
        thermometers: { _ in 298.15 })
      #expect(try #require(result.belief.stuckVoltageProbability) < 0.01, "at \(second) s")
      #expect(result.belief.stateOfCharge.mean.isFinite && result.voltage.fate == .used)
    }
  }
}
