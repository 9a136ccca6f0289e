import Quantities
import Safety

/// A run as the monitor sees it, one sample a second: the current is what was commanded, and each
/// instrument agrees with every other, unless the scene says otherwise.
struct Film {
  var monitor: SafetyMonitor
  var envelope: Envelope
  var time = 0.0
  /// Set-point in force, A.
  var setPoint = 0.0
  var ceiling = 4.35
  var holdsContactor = true
  var step = 1
  /// Seconds between two samples.
  var period = 1.0

  static let precharge = PrechargeRules(
    openCircuit: Volts(2.5)...Volts(4.2), refuseBelow: Volts(2), current: Amperes(0.25),
    time: Seconds(600))

  init(
    _ layers: LimitLayer..., plausibility: PlausibilityRules = PlausibilityRules(),
    runaway: RunawayRules = RunawayRules(), precharge: PrechargeRules = Film.precharge
  ) throws {
    envelope = try Envelope(layers: [Scenes.bench] + layers, rules: Scenes.rules)
    monitor = SafetyMonitor(
      rules: MonitorRules(plausibility: plausibility, runaway: runaway, precharge: precharge))
  }

  /// A sample in which everything agrees with the set-point.
  func sample(
    voltage: Double = 3.7, current: Double? = nil, temperatures: [Double] = [25, 25],
    air: Double? = 24
  ) -> Sample {
    let flows = current ?? setPoint
    var sample = Scenes.sample(
      voltage: voltage, current: flows, temperatures: temperatures, sourceOn: flows > 0,
      loadOn: flows < 0, at: time)
    sample.source.voltage = Reading(Volts(voltage), at: sample.time)
    sample.load.voltage = Reading(Volts(voltage), at: sample.time)
    sample.source.current = Reading(Amperes(max(flows, 0)), at: sample.time)
    sample.load.current = Reading(Amperes(max(-flows, 0)), at: sample.time)
    if let air { sample.ambient = Reading(Celsius(air), at: sample.time) }
    return sample
  }

  /// Judges the next sample.
  mutating func judge(_ sample: Sample) -> Trip? {
    let report = DriveReport(
      setPoint: Amperes(setPoint), ceiling: Volts(ceiling), holdsContactor: holdsContactor,
      step: step)
    let verdict = monitor.verdict(on: sample, within: envelope, drive: report)
    time += period
    return verdict.trip
  }

  /// Judges samples made by `scene` for `duration`; the first trip.
  mutating func play(for duration: Double, _ scene: (inout Film) -> Sample) -> Trip? {
    let end = time + duration
    while time < end {
      let sample = scene(&self)
      if let trip = judge(sample) { return trip }
    }
    return nil
  }

  /// The same with nothing amiss.
  mutating func quiet(for duration: Double) -> Trip? { play(for: duration) { $0.sample() } }
}
