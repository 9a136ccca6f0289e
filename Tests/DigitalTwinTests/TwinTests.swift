import DigitalTwin
import Electrochemistry
import Estimation
import Prescription
import Quantities
import Records
import Testing

@Suite("Twin of one cell")
struct TwinTests {
  @Test(
    "In lockstep with a cell that differs: margin held, charge known, bands and innovations honest",
    arguments: [11, 12])
  func shortCampaign(seed: UInt64) throws {
    var demo = try VirtualDemo(
      try Fixtures.chen2020(), seed: seed, stateOfCharge: 0.3, mesh: .standard)
    try demo.hold(0, seconds: 300)
    try demo.pulses()
    try demo.hold(2.5, seconds: 1200)
    try demo.hold(-5 / 3, seconds: 2400)
    try demo.coolDown()
    try demo.ride()
    let score = demo.score
    #expect(score.reachedTarget)
    #expect(score.heldFraction >= 0.99, "held \(score.heldFraction)")
    #expect(score.lowestPotential >= 0)
    #expect((score.bindings[.platingMargin] ?? 0) > 600)
    #expect(score.worstStateOfCharge < 0.02)
    #expect(score.restarts == 0)
    let square = score.innovations.meanNormalisedSquare
    #expect(square > 0.8 && square < 1.2, "normalised square \(square)")
    #expect(abs(score.innovations.lagOneCorrelation) < 0.1)
    let potential = score.normalisedPotential / Double(score.chargeCount)
    #expect(potential < 6, "potential off by \(potential.squareRoot()) sd")
  }

  private func twin() throws -> (VirtualDemo, Twin) {
    let demo = try VirtualDemo(
      try Fixtures.chen2020(), seed: 3, stateOfCharge: 0.3, mesh: .coarse)
    return (demo, demo.twin)
  }

  @Test("No answer before the first sample; a first sample without current is refused")
  func nothingYet() throws {
    let twin = Twin(cell: try Fixtures.chen2020(), configuration: TwinConfiguration())
    #expect(throws: TwinError.self) { try twin.ride(VirtualDemo.limits, for: 1) }
    #expect(throws: TwinError.self) { try twin.predict(current: 1, duration: 60) }
    #expect(throws: TwinError.self) {
      try twin.assimilate(Sample(scan: 0, time: .zero, unixTime: 0))
    }
  }

  @Test("Missing readings are skipped one by one, and the belief goes on")
  func missingReadings() throws {
    var (demo, twin) = try twin()
    try demo.hold(2, seconds: 60)
    let before = demo.estimate
    var blind = Sample(scan: demo.plant.scan + 1, time: Seconds(demo.plant.time + 1), unixTime: 0)
    blind.surfaceCount = 2
    let estimate = try twin.assimilate(blind)
    #expect(estimate.assimilatedChannels == 0)
    #expect(estimate.stateOfCharge.mean > before.stateOfCharge.mean)
    #expect(estimate.predictedVoltage.mean.isFinite)
    #expect(estimate.voltageInnovation.isNaN)
  }

  @Test("A forecast of five minutes is what then happens, within its band")
  func predict() throws {
    var (demo, twin) = try twin()
    try demo.hold(2, seconds: 900)
    let forecast = try twin.predict(current: 2, duration: 300)
    let again = try twin.predict(current: 2, duration: 300)
    #expect(forecast.temperature == again.temperature)
    try demo.hold(2, seconds: 300)
    let truth = demo.plant.truth
    func off(_ estimated: Estimated, _ value: Double) -> Double {
      abs(estimated.mean - value) / estimated.sd
    }
    #expect(off(forecast.temperature, truth.temperature - 273.15) < 4)
    #expect(off(forecast.predictedVoltage, truth.voltage) < 4)
    #expect(off(forecast.stateOfCharge, truth.stateOfCharge) < 4)
    #expect(forecast.time == Seconds(1200))
  }

  @Test("The time left is what the charge then takes, to 10 %")
  func timeLeft() throws {
    var (demo, twin) = try twin()
    try demo.hold(0, seconds: 60)
    var limits = VirtualDemo.limits
    limits.targetStateOfCharge = StateOfCharge(0.45)
    let left = try #require(twin.timeLeft(limits)).value
    var taken = 0.0
    while taken < 5000 {
      let decision = try twin.ride(limits, for: 1)
      guard decision.binding != .target else { break }
      try demo.second(decision.current.value)
      taken += 1
    }
    #expect(abs(left - taken) < 0.1 * taken, "said \(left) s, took \(taken) s")
    #expect(twin.timeLeft(limits)?.value ?? .nan < 61)
  }
}
