import Bench
import DigitalTwin
import Electrochemistry
import Estimation
import Foundation
import Prescription
import Profiles
import Protocols
import Quantities
import Records
import Safety
import Testing

/// Campaigns of charges on a simulated cell, without a bus.
@Suite("Phases that charge")
struct ChargePhaseTests {
  private static func limits(to target: Double) -> ChargeLimits {
    ChargeLimits(
      current: Amperes(6), voltage: Volts(4.2), temperature: Celsius(45),
      platingMargin: Volts(0.01), targetStateOfCharge: StateOfCharge(target))
  }

  private static func arm(
    _ side: Bench.CampaignPhase.Arm, _ policy: ChargePolicy, to target: Double = 0.36
  ) -> Bench.CampaignPhase {
    Bench.CampaignPhase(
      name: side.rawValue, work: .charge(ChargeWork(policy: policy, limits: limits(to: target))),
      arm: side)
  }

  /// Back to where the first arm began, rested.
  private static func prepare() throws -> Bench.CampaignPhase {
    Bench.CampaignPhase(
      name: "prepare",
      work: .steps(
        try ["Discharge at 1C until SOC 30 %", "Rest for 40 minutes"].map {
          try ProtocolStep(parsing: $0, grammar: .bench)
        }))
  }

  private struct Story {
    var events: [(id: String, message: String)] = []
    var charges: [ChargeRecord] = []
    var bindings: [Decision.Binding: Int] = [:]
    var status: Int?
    var mostCurrent = 0.0
  }

  private func run(_ phases: [Bench.CampaignPhase]) throws -> Story {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let cell = try CellFile.load(root.appending(path: "profiles/cells/chen2020.json").path)
    func band(_ low: Double, _ high: Double) throws -> LimitBand {
      try #require(LimitBand(operate: (low, high), trip: (low - 0.1, high + 0.1)))
    }
    let layer = LimitLayer(
      origin: .bench, source: "test",
      bands: [
        .voltage: try band(2.5, 4.2), .current: try band(-6, 6), .temperature: try band(-20, 60),
        .chargeTemperature: try band(0, 45), .dischargeTemperature: try band(-20, 60),
      ])
    let envelope = try Envelope(
      layers: [layer], rules: EnvelopeRules(ageLimit: Seconds(3), zeroCurrent: Amperes(0.03)))
    var twin = TwinConfiguration()
    (twin.estimator.stateOfCharge, twin.estimator.stateOfChargeSD) = (0.3, 0.003)
    let campaign = Campaign(
      phases: phases, twin: Twin(cell: cell, configuration: twin),
      nominalCapacity: cell.nominalCapacity,
      envelopes: Array(repeating: envelope, count: phases.count), period: Seconds(1))
    let model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    let workspace = model.makeWorkspace()
    var state = model.rest(stateOfCharge: 0.3, temperature: 298.15)
    var (story, current) = (Story(), 0.0)
    for second in 0..<12_000 {
      if second > 0 {
        try model.step(&state, current: current, ambient: 298.15, duration: 1, workspace: workspace)
      }
      let shown = try model.outputs(state, current: current, ambient: 298.15)
      let now = Seconds(Double(second))
      var sample = Sample(scan: second, time: now, unixTime: now.value)
      sample.cellVoltage = Reading(Volts(shown.voltage), at: now)
      sample.current = Reading(Amperes(current), at: now)
      sample.ambient = Reading(Celsius(25), at: now)
      sample.surfaceCount = 1
      sample.surface[0] = Reading(Celsius(shown.temperature - 273.15), at: now)
      let output = campaign.decide(on: sample)
      story.events += output.events.map { ($0.id, $0.message) }
      story.charges += output.charges
      story.bindings[output.binding, default: 0] += 1
      if let outcome = output.outcome {
        story.status = outcome.status
        return story
      }
      current = output.requested.value
      story.mostCurrent = max(story.mostCurrent, current)
    }
    return story
  }

  @Test("each side is promised, charged and scored; equal starts are not called unequal")
  func comparison() throws {
    let story = try run([
      Self.arm(.baseline, .cccv(current: nil, voltage: nil)), try Self.prepare(),
      Self.arm(.prescription, .ride),
    ])
    #expect(story.status == 0)
    #expect(story.charges.map(\.stage) == [.promised, .happened, .promised, .happened])
    #expect(story.charges.map(\.phase) == [0, 0, 2, 2])
    #expect(story.charges[0].policy.hasPrefix("cccv ") && story.charges[2].policy == "ride")
    for pair in [0, 2] {
      let (promised, happened) = (story.charges[pair], story.charges[pair + 1])
      #expect(abs(happened.stateOfChargeEnd - 0.36) < 2e-3)
      // The twin's model is the cell's: the minutes are met to a few control periods of 60 s steps.
      #expect(abs(happened.duration / promised.duration - 1) < 0.1, "\(happened), \(promised)")
      #expect(promised.durationBand.low <= promised.duration + 1e-9)
      #expect(promised.durationBand.high >= promised.duration - 1e-9)
      #expect(happened.voltageHighest.mean <= 4.2)
    }
    #expect(!story.events.contains { $0.id == "arm.unequal" }, "\(story.events)")
    #expect(story.mostCurrent <= 6)
  }

  @Test("an arm that starts elsewhere is called unequal")
  func unequal() throws {
    let story = try run([
      Self.arm(.baseline, .cccv(current: Amperes(3), voltage: Volts(4.1))),
      Self.arm(.prescription, .ride, to: 0.4),
    ])
    let said = try #require(story.events.first { $0.id == "arm.unequal" })
    #expect(said.message.contains("state of charge"))
  }

  @Test("a target that is missed in its time ends the phase with a warning, or the run")
  func missed() throws {
    func phase(ends: Bool) -> Bench.CampaignPhase {
      Bench.CampaignPhase(
        name: "charge",
        work: .charge(
          ChargeWork(
            policy: .ride, limits: Self.limits(to: 0.9), timeLimit: Seconds(60),
            missEndsRun: ends)))
    }
    let going = try run([phase(ends: false)])
    #expect(going.status == 0)
    #expect(going.events.contains { $0.id == "charge.missed" && $0.message.contains("time limit") })
    #expect(try run([phase(ends: true)]).status == 1)
  }

  @Test("a horizon charges as the ride does when only time counts")
  func horizon() throws {
    let story = try run([
      Self.arm(.baseline, .ride), try Self.prepare(),
      Self.arm(.prescription, .mpc(PredictiveCharge())),
    ])
    let (ride, horizon) = (story.charges[1].duration, story.charges[3].duration)
    #expect(abs(horizon / ride - 1) < 0.03, "\(horizon), \(ride)")
  }
}
