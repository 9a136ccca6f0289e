import Drivers
import Electrochemistry
import Profiles
import Quantities
import Safety

extension RunPlan {
  /// The highest voltage that a phase may ask for, and the largest current before it trips: what the
  /// devices are armed with once.
  private var widest: (voltage: Volts, current: Amperes) {
    let voltage = envelopes.compactMap { $0.band(.voltage)?.operateHigh }.max() ?? 0
    let current = envelopes.compactMap { envelope in
      envelope.band(.current).map { max($0.tripHigh, -$0.tripLow) }
    }
    return (Volts(voltage), Amperes(current.max() ?? 0))
  }

  /// Ceiling of the supply's own voltage set-point: the window's upper end and what drops along the leads
  /// (S17). A supply that senses at the cell drops nothing.
  var sourceCeiling: Volts {
    guard !files.bench.protection.remoteSense else { return widest.voltage }
    let rules = plausibility
    return widest.voltage + rules.leadDrop + rules.diodeDrop
  }

  /// How far above its rated current a device's own limit is armed: its set-point's error must not
  /// trip it at full current. (From memory an RD6006 takes up to 6.2 A; reading back tells.)
  static let ratingHeadroom = 1.03

  /// What the device of an instrument is told to keep to by itself. A supply that senses at the cell is
  /// armed 50 mV above the window (S16); one that does not leaves room for its leads.
  func armedLimits(_ index: Int) -> ArmedLimits {
    let rated = profiles[index].rating.current?.value ?? .infinity
    let current = Amperes(min(widest.current.value, rated * Self.ratingHeadroom))
    let headroom = files.bench.protection.remoteSense ? 0.05 : 0.1
    let voltage = sourceCeiling + Volts(headroom)
    return ArmedLimits(
      voltage: voltage, current: current, power: Watts(voltage.value * current.value))
  }

  /// How far the instruments may disagree: the bench's figures, else the defaults.
  var plausibility: PlausibilityRules {
    let bench = files.bench
    let own = bench.plausibility
    var rules = PlausibilityRules()
    rules.leadDrop = own.leadDrop ?? rules.leadDrop
    rules.diodeDrop = own.diodeDrop ?? (bench.wiring == .blockingDiode ? Volts(1) : .zero)
    rules.voltageTolerance = own.voltageTolerance ?? rules.voltageTolerance
    rules.currentTolerance = own.currentTolerance ?? rules.currentTolerance
    rules.currentRatio = own.currentRatio ?? rules.currentRatio
    rules.temperatureSpread = own.temperatureSpread ?? rules.temperatureSpread
    rules.settling = own.settling ?? Seconds(max(rules.settling.value, 2 * bench.scan.value))
    rules.frozenAfter = own.frozenAfter ?? rules.frozenAfter
    rules.supplyReadsVoltage = readsVoltage { $0 == .source || $0 == .bidirectional }
    rules.loadReadsVoltage = readsVoltage { $0 == .load || $0 == .bidirectional }
    let (accuracy, readings) = (bench.accuracy, bench.readings)
    rules.voltageMoves = moves(accuracy.voltage, readings.cellVoltage)
    rules.currentMoves = moves(accuracy.current, readings.current)
    rules.temperatureMoves = readings.surfaceTemperature.allSatisfy {
      moves(accuracy.temperature, $0)
    }
    return rules
  }

  /// Whether every device that drives one way reads its voltage.
  private func readsVoltage(_ drives: (BenchInstrument.Role) -> Bool) -> Bool {
    zip(files.bench.instruments, profiles).allSatisfy { instrument, profile in
      !drives(instrument.role) || profile.channelIndex(named: "voltage") != nil
    }
  }

  /// Whether noise moves a reading from sample to sample, so that exact repetition means something: one whose
  /// noise is below its resolution may well repeat itself.
  private func moves(_ sensor: SensorAccuracy, _ reading: ReadingReference) -> Bool {
    guard sensor.noise > 0 else { return false }
    if sensor.resolution > 0 { return sensor.noise >= sensor.resolution / 2 }
    return step(of: reading).map { sensor.noise >= $0 / 2 } ?? false
  }

  /// The step in which a device writes a reading near 1, where the bench does not say how fine it is; nil: not
  /// known.
  private func step(of reading: ReadingReference) -> Double? {
    guard let index = files.bench.instruments.firstIndex(where: { $0.name == reading.instrument })
    else { return nil }
    let profile = profiles[index]
    guard let channel = profile.channelIndex(named: reading.value) else { return nil }
    let place: Int
    switch profile.channels[channel].form {
    case .value(let value), .signed(let value, _): place = value
    case .any(_, _): return nil
    }
    return profile.largestStep(of: profile.values[place])
  }

  /// What the monitor holds against the samples.
  var monitorRules: MonitorRules {
    let limits = files.limits
    var runaway = RunawayRules()
    runaway.resistance = limits.resistance ?? runaway.resistance
    runaway.heatCapacity = limits.heatCapacity ?? runaway.heatCapacity
    let accuracy = files.bench.accuracy
    runaway.temperatureNoise = Kelvins(accuracy.temperature.noise)
    runaway.voltageNoise = Volts(accuracy.voltage.noise)
    let gentle = Amperes(cell.nominalCapacity.value / 20)
    let precharge = PrechargeRules(
      openCircuit: limits.voltage, refuseBelow: limits.refuseBelow,
      current: min(limits.prechargeCurrent ?? gentle, gentle),
      time: limits.prechargeTime ?? Seconds(3600))
    return MonitorRules(plausibility: plausibility, runaway: runaway, precharge: precharge)
  }

  /// What is shown before the first current: by five times what counts as none, 0.1 A at least.
  var startCheck: StartCheck.Rules {
    var rules = StartCheck.Rules(
      current: Amperes(max(5 * files.bench.zeroCurrent.value, 0.1)),
      emptyBelow: files.limits.voltage.lowerBound + Volts(0.05))
    // A blocking diode drops between the supply's terminals and the cell.
    let plausibility = plausibility
    rules.voltageTolerance = plausibility.voltageTolerance + plausibility.diodeDrop
    rules.supplyReadsVoltage = plausibility.supplyReadsVoltage
    rules.loadReadsVoltage = plausibility.loadReadsVoltage
    rules.settling = max(rules.settling, plausibility.settling)
    rules.patience = Seconds(max(20, 20 * files.bench.scan.value, 3 * rules.settling.value))
    return rules
  }
}
