import Bench
import DigitalTwin
import Electrochemistry
import Excitation
import Foundation
import Identification
import Profiles
import Quantities
import Records
import Safety
import Testing

/// A campaign's phase that identifies, on a simulated cell, without a bus.
@Suite("Phase that identifies")
struct IdentifyPhaseTests {
  private static func cell() throws -> CellParameters {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try CellFile.load(root.appending(path: "profiles/cells/chen2020.json").path)
  }

  private static func campaign(goal: Double, budget: Double) throws -> Campaign {
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
    let cell = try Self.cell()
    let work = IdentifyWork(
      goals: [(.negativeReactionRateConstant, goal)], budget: budget, round: 180,
      limits: ExcitationLimits(voltage: 2.5...4.15, current: -6...6), chargeCurrents: [],
      timing: ActuationTiming(), voltageErrors: ErrorModel(noiseSD: 1e-3, discrepancySD: 1e-3),
      temperatureErrors: ErrorModel(noiseSD: 0.1))
    return Campaign(
      phases: [CampaignPhase(name: "identify", work: .identify(work))],
      twin: Twin(cell: cell, configuration: TwinConfiguration()),
      nominalCapacity: cell.nominalCapacity, envelopes: [envelope], period: Seconds(1))
  }

  /// Runs the campaign on a cell to its end; the messages of its events by their names, and largest currents.
  private func run(_ campaign: Campaign, on cell: CellParameters) throws
    -> (events: [(id: String, message: String)], seconds: Int, most: Double)
  {
    let model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    let workspace = model.makeWorkspace()
    var state = model.rest(stateOfCharge: 0.5, temperature: 298.15)
    var (current, most) = (0.0, 0.0)
    var events: [(id: String, message: String)] = []
    for second in 0..<3000 {
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
      events += output.events.map { ($0.id, $0.message) }
      if output.outcome != nil { return (events, second, most) }
      current = output.requested.value
      most = max(most, abs(current))
    }
    return (events, 3000, most)
  }

  @Test("a goal that can be met is met in a round, and the currents are the design's")
  func goals() throws {
    let cell = try Self.cell().scaled([.negativeReactionRateConstant: 1.15])
    let run = try run(Self.campaign(goal: 0.05, budget: 540), on: cell)
    let ended = try #require(run.events.last { $0.id == "identify.ended" })
    #expect(ended.message.contains("goals met"), "\(run.events)")
    #expect(run.events.filter { $0.id == "identify.designed" }.count == 1)
    #expect(run.most > 1 && run.most <= 6)
  }

  @Test("one that cannot be met ends with the budget, designed anew each round")
  func budget() throws {
    let run = try run(Self.campaign(goal: 1e-4, budget: 360), on: Self.cell())
    let ended = try #require(run.events.last { $0.id == "identify.ended" })
    #expect(ended.message.contains("budget spent"), "\(run.events)")
    #expect(run.events.filter { $0.id == "identify.designed" }.count == 2)
    // Two rests of 20 s and two excitations of 3 min.
    #expect(run.seconds <= 410)
  }

  @Test("a cell that the model does not deserve ends the phase after the first round")
  func undeserved() throws {
    let cell = try Self.cell().withContactResistance(0.08)
    let run = try run(Self.campaign(goal: 1e-4, budget: 3600), on: cell)
    let ended = try #require(run.events.last { $0.id == "identify.ended" })
    #expect(ended.message.contains("does not deserve"), "\(run.events)")
    #expect(run.events.filter { $0.id == "identify.designed" }.count == 1)
  }
}
