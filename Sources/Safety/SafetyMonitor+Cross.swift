import Quantities

extension SafetyMonitor {
  /// Instruments held against each other (S5, S16). A reading that is not of this scan says nothing and
  /// ends a row: its own age limit sees to it.
  mutating func crossTrip(_ sample: Sample, _ envelope: Envelope) -> Trip? {
    supplyVoltageTrip(sample, envelope.rules) ?? loadVoltageTrip(sample, envelope.rules)
      ?? currentTrip(sample) ?? temperatureTrip(sample)
  }

  /// A supply that drives stands above the cell by its leads, and never below it.
  private mutating func supplyVoltageTrip(_ sample: Sample, _ rules: EnvelopeRules) -> Trip? {
    let p = self.rules.plausibility
    let isDriving = sample.current.value >= rules.zeroCurrent
    if p.supplyReadsVoltage, isDriving,
      let trip = silence("supply", sample.source, sample, rules.ageLimit)
    {
      return trip
    }
    let drop = Self.drop(sample.source, above: sample.cellVoltage, isDriving)
    return dropTrip(
      .supplyVoltage, drop, most: p.leadDrop + p.diodeDrop + p.voltageTolerance,
      "supply's voltage less the cell's: a lead, a sense lead or the meter is off", sample)
  }

  /// A load that draws stands below the cell by its leads, and never above it.
  private mutating func loadVoltageTrip(_ sample: Sample, _ rules: EnvelopeRules) -> Trip? {
    let p = self.rules.plausibility
    let isDriving = sample.current.value <= -rules.zeroCurrent
    if p.loadReadsVoltage, isDriving,
      let trip = silence("load", sample.load, sample, rules.ageLimit)
    {
      return trip
    }
    let drop = Self.drop(sample.load, above: sample.cellVoltage, isDriving)
    return dropTrip(
      .loadVoltage, drop.map { -$0 }, most: p.leadDrop + p.voltageTolerance,
      "cell's voltage less the load's: a lead, a sense lead or the meter is off", sample)
  }

  /// A device that is on and reads no voltage worth the name shows nothing of its leads.
  private func silence(
    _ name: String, _ terminal: TerminalReadings, _ sample: Sample, _ ageLimit: Seconds
  ) -> Trip? {
    let age = sample.time - terminal.voltage.time
    guard terminal.isOn.valid == true, age > ageLimit else { return nil }
    return trip(
      "\(name)'s voltage is stale (\(terminal.voltage.quality)): its leads are not watched",
      age.value,
      ageLimit.value, Seconds.symbol, sample, "SAF-016")
  }

  private static func drop(
    _ terminal: TerminalReadings, above cell: Reading<Volts>, _ isDriving: Bool
  ) -> Double? {
    guard terminal.isOn.valid == true, isDriving, let own = terminal.voltage.valid,
      let cell = cell.valid
    else { return nil }
    return (own - cell).value
  }

  private mutating func dropTrip(
    _ check: CrossStreaks.Check, _ drop: Double?, most: Volts, _ what: String, _ sample: Sample
  ) -> Trip? {
    let least = -rules.plausibility.voltageTolerance.value
    let isAbove = drop.map { $0 > most.value } ?? false
    let disagrees = isAbove || drop.map { $0 < least } ?? false
    guard streaks.seen(check, disagrees, at: sample.time.value, rules.plausibility), let drop
    else { return nil }
    return trip(
      what, drop, isAbove ? most.value : least, Volts.symbol, sample, "SAF-016")
  }

  /// What the supply says less what the load says is what the shunt says.
  private mutating func currentTrip(_ sample: Sample) -> Trip? {
    var difference = 0.0
    var allowed = Double.infinity
    if let supply = sample.source.current.valid, let load = sample.load.current.valid,
      let shunt = sample.current.valid
    {
      difference = (supply - load - shunt).value
      allowed = tolerance(max(supply, max(load, shunt.magnitude)).value)
    }
    let disagrees = abs(difference) > allowed
    guard streaks.seen(.currents, disagrees, at: sample.time.value, rules.plausibility) else {
      return nil
    }
    return trip(
      "supply's less load's current differs from the shunt's", difference, allowed,
      Amperes.symbol, sample, "SAF-005")
  }

  private mutating func temperatureTrip(_ sample: Sample) -> Trip? {
    var low = Double.infinity
    var high = -Double.infinity
    for index in 0..<sample.surfaceCount {
      guard let value = sample.surface[index].valid?.value else { continue }
      low = min(low, value)
      high = max(high, value)
    }
    let limit = rules.plausibility.temperatureSpread
    let disagrees = high - low > limit.value
    guard streaks.seen(.temperatures, disagrees, at: sample.time.value, rules.plausibility) else {
      return nil
    }
    return trip(
      "surface thermometers differ: one is off the cell", high - low, limit.value, Kelvins.symbol,
      sample, "SAF-005")
  }
}
