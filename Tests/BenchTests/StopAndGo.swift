import Bench
import DigitalTwin
import Electrochemistry
import Excitation
import Foundation
import Identification
import Prescription
import Profiles
import Protocols
import Quantities
import Records
import Safety
import Testing

/// A campaign on a simulated cell at 1 s that can be stopped: current flows between two samples only where the run
/// was on.
struct StopAndGo {
  let campaign: Campaign
  private let model: SPMe
  private let workspace: SPMeWorkspace
  private var state: [Double]
  private(set) var requested = 0.0
  private var isFresh = true
  /// Every sample so far.
  private(set) var samples: [Sample] = []
  /// What the campaign requested at each.
  private(set) var requests: [Double] = []
  /// Numbers of the samples before which the run had been stopped.
  private(set) var stops: [Int] = []
  private(set) var events: [Event] = []
  private(set) var outcome: Outcome?
  /// Set-points that the chamber was sent.
  private(set) var chamber: [Double] = []
  var ambient = 25.0
  private var time = 0.0

  /// - Parameter phases: work by name, in order.
  init(_ phases: [(String, Bench.CampaignPhase.Work)]) throws {
    campaign = try Self.campaign(phases)
    let cell = try Self.cell()
    model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    workspace = model.makeWorkspace()
    state = model.rest(stateOfCharge: 0.5, temperature: 298.15)
  }

  static func cell() throws -> CellParameters {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try CellFile.load(root.appending(path: "profiles/cells/chen2020.json").path)
  }

  /// The same campaign, that has seen nothing.
  static func campaign(_ phases: [(String, Bench.CampaignPhase.Work)]) throws -> Campaign {
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
    let cell = try cell()
    return Campaign(
      phases: phases.map { Bench.CampaignPhase(name: $0.0, work: $0.1) },
      twin: Twin(cell: cell, configuration: TwinConfiguration()),
      nominalCapacity: cell.nominalCapacity,
      envelopes: Array(repeating: envelope, count: phases.count), period: Seconds(1))
  }

  static func steps(_ texts: [String]) throws -> Bench.CampaignPhase.Work {
    .steps(try texts.map { try ProtocolStep(parsing: $0) })
  }

  static var ride: Bench.CampaignPhase.Work {
    .charge(
      ChargeWork(
        policy: .ride,
        limits: ChargeLimits(
          current: Amperes(3), voltage: Volts(4.2), temperature: Celsius(45),
          platingMargin: Volts(0.01), targetStateOfCharge: StateOfCharge(0.52))))
  }

  static var identification: Bench.CampaignPhase.Work {
    .identify(
      IdentifyWork(
        goals: [(.negativeReactionRateConstant, 0.05)], budget: 360, round: 180,
        limits: ExcitationLimits(voltage: 2.5...4.15, current: -6...6), chargeCurrents: [],
        timing: ActuationTiming(), voltageErrors: ErrorModel(noiseSD: 1e-3, discrepancySD: 1e-3),
        temperatureErrors: ErrorModel(noiseSD: 0.1)))
  }

  /// Goes on for `seconds`, or until the campaign is over.
  mutating func run(_ seconds: Int = .max) throws {
    var left = seconds
    while left > 0, outcome == nil {
      left -= 1
      try second()
    }
  }

  private mutating func second() throws {
    if !samples.isEmpty, !isFresh { try move(1, current: requested) }
    let current = isFresh ? 0 : requested
    isFresh = false
    let shown = try model.outputs(state, current: current, ambient: ambient + 273.15)
    let now = Seconds(time)
    var sample = Sample(scan: samples.count, time: now, unixTime: time)
    sample.cellVoltage = Reading(Volts(shown.voltage), at: now)
    sample.current = Reading(Amperes(current), at: now)
    sample.ambient = Reading(Celsius(ambient), at: now)
    sample.surfaceCount = 1
    sample.surface[0] = Reading(Celsius(shown.temperature - 273.15), at: now)
    let output = campaign.decide(on: sample)
    samples.append(sample)
    requested = output.requested.value
    requests.append(requested)
    events += output.events
    outcome = output.outcome
    if let target = output.chamber { chamber.append(target.value) }
  }

  private mutating func move(_ seconds: Double, current: Double) throws {
    let parts = max(1, (seconds / 10).rounded(.up))
    for _ in 0..<Int(parts) {
      try model.step(
        &state, current: current, ambient: ambient + 273.15, duration: seconds / parts,
        workspace: workspace)
    }
    time += seconds
  }

  /// The run is stopped and goes on after `seconds`, without current in between.
  mutating func stop(for seconds: Double) throws {
    campaign.interrupt()
    try move(seconds, current: 0)
    stops.append(samples.count)
    isFresh = true
  }

  /// Charge that flowed, A s, in the steps named by `text`.
  func charge(in text: String) throws -> Double {
    let start = try #require(events.first { $0.id == "step.started" && $0.message.hasSuffix(text) })
    let number = try #require(start.message.split(separator: ":").first)
    let end = try #require(
      events.first { $0.id == "step.ended" && $0.message.hasPrefix("\(number):") })
    var charge = 0.0
    for number in 1..<samples.count where !stops.contains(number) {
      let (before, now) = (samples[number - 1], samples[number])
      guard now.time > start.time, now.time <= end.time else { continue }
      charge += now.current.value.value * (now.time - before.time).value
    }
    return charge
  }
}
