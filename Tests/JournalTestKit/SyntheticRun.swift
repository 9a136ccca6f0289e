import Glibc
import Quantities
public import Records

/// A deterministic run like the demo's: protocol, a cold rest, a closed-loop charge; with the
/// blemishes that real runs have (a silent meter, an open thermometer channel, late twins).
public struct SyntheticRun {
  /// Seconds between scans.
  public let period: Double
  /// Ends each stage early, for short tests; 1 is about 11,000 s.
  public let scale: Double
  private var cell = SyntheticCell()
  private var belief = SyntheticCell()
  private var noise: NoiseStream
  private var scan = 0
  private var ambient = 25.0
  private var step = 0
  private var phase = 0
  private var records: [Record] = []
  private let unixStart = 1_795_000_000.25

  private init(seed: UInt64, period: Double, scale: Double) {
    noise = NoiseStream(seed: seed)
    self.period = period
    self.scale = scale
    belief.stateOfCharge = 0.57
  }

  /// All records of one whole run, in the order of a bench.
  public static func records(
    seed: UInt64 = 1, period: Double = 1, scale: Double = 1, name: String = "synthetic"
  ) -> [Record] {
    var run = SyntheticRun(seed: seed, period: period, scale: scale)
    run.play(name)
    return run.records
  }

  private mutating func play(_ name: String) {
    open(name)
    begin(phase: 0, "protocol capacity-and-pulses")
    hold("Rest for 10 minutes", for: 600) { _ in 0 }
    for _ in 0..<3 {
      hold("Discharge at 1C for 30 seconds", for: 30) { _ in -5 }
      hold("Rest for 2 minutes", for: 120) { _ in 0 }
    }
    hold("Charge at C/2 until 4.0 V", for: 1800) { _ in 2.5 }
    hold("Hold at 4.1 V for 10 minutes", for: 600) { cell in
      max(0, min(2.5, (4.1 - cell.openCircuitVoltage - cell.polarisation) / cell.resistance))
    }
    hold("Discharge at C/1 until 10 %", for: 2000) { _ in -5 }
    begin(phase: 1, "rest at 10 degC")
    ambient = 10
    hold("Rest until |T - ambient| < 0.5 K", for: 2400) { _ in 0 }
    begin(phase: 2, "charge to 80 %, ride")
    ride(for: 3600)
    finish()
  }

  private mutating func open(_ name: String) {
    records.append(
      .header(
        RunHeader(
          run: name, asset: "M50-001", bench: "demo", unixStart: unixStart, pace: "stepped",
          version: "0.1.0", versions: ["SQLite": "3.40.1", "libmodbus": "3.1.6"],
          researchOverride: "demo: virtual cell: 6 A at 10 degC is past the data sheet",
          scanPeriod: period, controlPeriod: period)))
    records.append(
      .input(role: "bench", name: "demo.toml", content: Array("schema = 1\n".utf8)))
    let campaign = "schema = 1\nasset = \"M50-001\"\nlimits = { plating_margin = \"10 mV\" }\n"
    records.append(.input(role: "campaign", name: "demo.toml", content: Array(campaign.utf8)))
    records.append(.paceMark(time: .zero, pace: 0))
    event(.info, "run.started", "synthetic run")
    event(.warning, "research_override", "6 A at 10 degC is past the data sheet <by demo>")
  }

  private mutating func begin(phase: Int, _ title: String) {
    self.phase = phase
    event(.info, "phase.started", title)
  }

  private mutating func hold(
    _ text: String, for duration: Double, current: (SyntheticCell) -> Double
  ) {
    step += 1
    event(.info, "step.started", text)
    for _ in 0..<max(2, Int(duration * scale / period)) {
      let wanted = current(cell)
      tick(wanted, .step)
    }
    event(.info, "step.ended", text)
  }

  private mutating func ride(for duration: Double) {
    step += 1
    event(.info, "step.started", "Charge riding 6 A, 4.2 V, 45 degC, 10 mV")
    charge(.promised)
    for _ in 0..<max(2, Int(duration * scale / period)) where cell.stateOfCharge < 0.8 {
      let resistance = belief.resistance
      let voltage =
        (4.2 - belief.openCircuitVoltage - belief.polarisation) / resistance
      let margin = 0.010 + 2 * 0.002
      let plating = (belief.platingPotential(at: 0) - margin) / (0.42 * resistance)
      let bounds: [(Double, Decision.Binding)] = [
        (6, .current), (voltage, .voltage), (plating, .platingMargin),
      ]
      let tightest = bounds.min { $0.0 < $1.0 } ?? (0, .fallback)
      tick(max(0, tightest.0), tightest.1)
    }
    event(.info, "step.ended", "target 80 % reached")
    charge(.happened)
  }

  private mutating func charge(_ stage: ChargeRecord.Stage) {
    var charge = ChargeRecord(
      stage, time: Seconds(Double(scan) * period), phase: phase, policy: "ride")
    (charge.stateOfChargeStart, charge.stateOfChargeEnd) = (cell.stateOfCharge, 0.8)
    charge.duration = 3000
    records.append(.charge(charge))
  }

  private mutating func tick(_ current: Double, _ binding: Decision.Binding) {
    cell.advance(period, current: current, ambient: ambient)
    belief.advance(period, current: current, ambient: ambient)
    // The belief is pulled towards the truth, as a filter would.
    belief.stateOfCharge += 0.01 * (cell.stateOfCharge - belief.stateOfCharge)
    belief.polarisation += 0.05 * (cell.polarisation - belief.polarisation)
    let sample = measured(current)
    records.append(.sample(sample, step: step, phase: phase))
    records.append(.estimate(estimated(sample, current)))
    records.append(
      .decision(
        Decision(
          scan: scan, time: sample.time, phase: phase, step: step, requested: Amperes(current),
          admitted: Amperes(current), binding: binding, reason: "")))
    records.append(
      .command(
        CommandRecord(
          scan: scan, time: sample.time, instrument: current < 0 ? "load" : "psu",
          command: "set current", requested: abs(current),
          readback: (abs(current) * 1000).rounded() / 1000, agrees: true)))
    let late = scan % 1777 == 1776
    let wall = 1400 + abs(noise.normal(sd: 500))
    records.append(
      .timing(
        Timing(
          scan: scan, lateness: 0, acquire: wall * 0.5, twin: late ? 2e6 : wall * 0.3,
          actuate: wall * 0.15, total: late ? 2e6 + wall : wall, twinMissed: late)))
    if late { event(.warning, "twin.late", "fallback current used in scan \(scan)") }
    scan += 1
  }

  private mutating func measured(_ current: Double) -> Sample {
    let time = Seconds(Double(scan) * period)
    var sample = Sample(scan: scan, time: time, unixTime: unixStart + time.value)
    if scan % 997 != 500 {
      sample.cellVoltage = Reading(
        Volts(cell.voltage(at: current) + noise.normal(sd: 0.0005)), at: time)
      sample.current = Reading(Amperes(current + noise.normal(sd: 0.002)), at: time)
    }
    sample.surfaceCount = 2
    sample.surface[0] = Reading(Celsius(cell.temperature + noise.normal(sd: 0.05)), at: time)
    sample.surface[1] = Reading(Celsius(cell.temperature + noise.normal(sd: 0.05)), at: time)
    if (900..<1000).contains(scan) { sample.surface[1].quality = .sensorFault }
    sample.ambient = Reading(Celsius(ambient + noise.normal(sd: 0.05)), at: time)
    sample.source.voltage = Reading(Volts(cell.voltage(at: current) + 0.05), at: time)
    sample.source.current = Reading(Amperes(max(0, current)), at: time)
    sample.source.isOn = Reading(current > 0, at: time)
    sample.load.isOn = Reading(current < 0, at: time)
    sample.contactorClosed = Reading(true, at: time)
    return sample
  }

  private mutating func estimated(_ sample: Sample, _ current: Double) -> Estimate {
    var estimate = Estimate(scan: scan, time: sample.time)
    let predicted = belief.voltage(at: current)
    estimate.predictedVoltage = Estimated(predicted, sd: 0.003)
    if let voltage = sample.cellVoltage.valid {
      estimate.voltageInnovation = voltage.value - predicted
      estimate.normalisedInnovationSquared = pow(estimate.voltageInnovation / 0.003, 2)
      estimate.assimilatedChannels = 1
    }
    let spread = 0.004 + 0.03 / (1 + sample.time.value / 300)
    estimate.stateOfCharge = Estimated(belief.stateOfCharge, sd: spread)
    estimate.temperature = Estimated(belief.temperature, sd: 0.15)
    estimate.negativePotentialAtSeparator = Estimated(
      belief.platingPotential(at: current), sd: 0.002)
    estimate.negativeSurfaceStoichiometry = Estimated(0.03 + 0.88 * belief.stateOfCharge, sd: 0.01)
    estimate.positiveSurfaceStoichiometry = Estimated(0.91 - 0.64 * belief.stateOfCharge, sd: 0.01)
    estimate.discrepancy = Estimated(noise.normal(sd: 0.0002), sd: 0.001)
    estimate.openCircuitVoltage = belief.openCircuitVoltage
    return estimate
  }

  private mutating func event(_ severity: Event.Severity, _ id: String, _ message: String) {
    let time = Double(max(0, scan - 1)) * period
    records.append(
      .event(
        Event(
          time: Seconds(time), unixTime: unixStart + time, severity: severity, id: id,
          message: message)))
  }

  private mutating func finish() {
    event(.info, "run.ended", "done")
    let time = Double(scan - 1) * period
    records.append(
      .ended(
        status: 0, message: "done: the charge reached its target", time: Seconds(time),
        unixTime: unixStart + time))
  }
}
