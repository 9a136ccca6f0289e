import Quantities

/// How long the cell has rested.
struct RestWatch: Sendable {
  private var since = Double.nan

  /// Seconds without current.
  mutating func time(_ isResting: Bool, at now: Double) -> Double {
    if !isResting {
      since = .nan
      return 0
    }
    if since.isNaN { since = now }
    return now - since
  }
}

/// The last two voltages and currents.
struct DropWatch: Sendable {
  var voltage: Reading<Volts>?
  var current = Amperes.zero
}

extension SafetyMonitor {
  /// A fall of the voltage that no change of current explains (S12).
  mutating func dropTrip(_ sample: Sample) -> Trip? {
    let r = rules.runaway
    guard let voltage = sample.cellVoltage.valid else { return nil }
    defer {
      drop.voltage = sample.cellVoltage
      drop.current = sample.current.value
    }
    guard let last = drop.voltage else { return nil }
    let time = (sample.cellVoltage.time - last.time).value
    // Voltage and current of one sample are not of one instant: any set-point of the last seconds may
    // have stood when the voltage was read.
    let commanded = setPoints.range(
      since: sample.time.value - rules.plausibility.settling.value - time)
    let change =
      (sample.current.value - drop.current).magnitude.value + commanded.upperBound
      - commanded.lowerBound
    let explained = r.suddenDrop.value + r.knee.value * time + r.stepResistance.value * change
    let fall = (last.value - voltage).value
    guard fall > explained else { return nil }
    return trip(
      "cell voltage fell suddenly", fall, explained, Volts.symbol, sample, "SAF-012",
      origin: .cell)
  }

  /// A voltage that falls without current, or heat that nothing explains (S12).
  mutating func runawayTrip(_ sample: Sample, _ envelope: Envelope) -> Trip? {
    let r = rules.runaway
    let isStill = sample.current.value.magnitude < envelope.rules.zeroCurrent
    let isAtRest = rest.time(isStill, at: sample.time.value) >= r.restSettling.value
    if isAtRest, let fall = rates.restVoltage {
      let limit = max(r.restFall.value, Self.deviations * fall.spread * r.voltageNoise.value)
      if fall.value < -limit {
        return trip(
          "voltage of the resting cell falls", fall.value, -limit, VoltsPerSecond.symbol, sample,
          "SAF-012", origin: .cell)
      }
    }
    for index in 0..<sample.surfaceCount {
      if let trip = heatTrip(sample, index, isAtRest, envelope) { return trip }
    }
    return nil
  }

  /// Heat that neither I^2 R nor the air explains, at one thermometer.
  private mutating func heatTrip(
    _ sample: Sample, _ index: Int, _ isAtRest: Bool, _ envelope: Envelope
  ) -> Trip? {
    let air = riseByAir(sample, index, envelope)
    guard let rise = rates.surface(index) else { return nil }
    let r = rules.runaway
    let noise = Self.deviations * rise.spread * r.temperatureNoise.value
    let still = air + max(r.restHeating.value, noise)
    if isAtRest, rise.value > still {
      return trip(
        "temperature of the resting cell rises", rise.value, still, KelvinsPerSecond.symbol,
        sample, "SAF-012", origin: .cell)
    }
    let explained =
      air + rates.meanSquare * r.resistance.value / r.heatCapacity.value
      + max(r.heating.value, noise)
    guard rise.value > explained else { return nil }
    return trip(
      "temperature rises faster than the current explains", rise.value, explained,
      KelvinsPerSecond.symbol, sample, "SAF-012", origin: .cell)
  }

  /// How far noise carries a slope: once in some 10^9 windows further.
  private static let deviations = 6.0

  /// What warmer air gives a cell, K/s: the more of what it gives now and gave in the minute that the slope
  /// is of. Without a thermometer in the air it gives nothing.
  private mutating func riseByAir(_ sample: Sample, _ index: Int, _ envelope: Envelope) -> Double {
    let (air, surface) = (sample.ambient, sample.surface[index])
    guard air.value.isFinite, air.quality != .sensorFault,
      sample.time - air.time <= envelope.rules.ageLimit
    else {
      airs[index].reset()
      return 0
    }
    let margin = rules.runaway.ambientMargin.value
    let warmer = max(0, air.value.value + margin - surface.value.value)
    if warmer.isFinite { airs[index].add(warmer, at: sample.time.value) }
    return max(surface.quality == .good ? warmer : 0, airs[index].mean)
      / rules.runaway.ambientTime.value
  }
}
