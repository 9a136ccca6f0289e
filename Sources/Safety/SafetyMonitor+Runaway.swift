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

  /// Heat that I^2 R does not explain; heat, or a falling voltage, without current (S12).
  mutating func runawayTrip(_ sample: Sample, _ zero: Amperes) -> Trip? {
    let r = rules.runaway
    let resting = rest.time(sample.current.value.magnitude < zero, at: sample.time.value)
    if resting >= r.restSettling.value, let slope = rates.restVoltage, slope < -r.restFall.value {
      return trip(
        "voltage of the resting cell falls", slope, -r.restFall.value, VoltsPerSecond.symbol,
        sample, "SAF-012", origin: .cell)
    }
    guard let heating = rates.heating, isWarmerThanAir(sample) else { return nil }
    if resting >= r.restSettling.value, heating > r.restHeating.value {
      return trip(
        "temperature of the resting cell rises", heating, r.restHeating.value,
        KelvinsPerSecond.symbol, sample, "SAF-012", origin: .cell)
    }
    let explained =
      r.heating.value + rates.meanSquare * r.resistance.value / r.heatCapacity.value
    guard heating > explained else { return nil }
    return trip(
      "temperature rises faster than the current explains", heating, explained,
      KelvinsPerSecond.symbol, sample, "SAF-012", origin: .cell)
  }

  /// Without a thermometer in the air a cell is not excused by it.
  private func isWarmerThanAir(_ sample: Sample) -> Bool {
    guard let air = sample.ambient.valid, let mean = sample.surfaceMean else { return true }
    return mean.value > air.value + rules.runaway.ambientMargin.value
  }
}
