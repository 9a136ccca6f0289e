public import Quantities

extension Envelope {
  /// Judges one sample. Called on every scan, before anything else can.
  ///
  /// A reading that did not arrive in this scan carries the time of its last good value, so a gap is
  /// tolerated until that value is older than `rules.ageLimit`.
  public func verdict(on sample: Sample) -> Verdict {
    if let trip = readingTrip(sample) { return .trip(trip) }
    if let trip = limitTrip(sample) { return .trip(trip) }
    if let trip = temperatureTrip(sample) { return .trip(trip) }
    if let trip = deviceTrip(sample) { return .trip(trip) }
    return .ok
  }

  /// The coldest and hottest surface reading that is fresh; nil when there is none.
  func surfaceRange(_ sample: Sample) -> (low: Celsius, high: Celsius)? {
    var range: (low: Celsius, high: Celsius)?
    for index in 0..<sample.surfaceCount {
      let reading = sample.surface[index]
      guard reading.value.isFinite, sample.time - reading.time <= rules.ageLimit,
        reading.quality != .sensorFault
      else { continue }
      let low = range.map { min($0.low, reading.value) } ?? reading.value
      let high = range.map { max($0.high, reading.value) } ?? reading.value
      range = (low, high)
    }
    return range
  }

  private func readingTrip(_ sample: Sample) -> Trip? {
    stale("cell voltage", sample.cellVoltage, in: sample)
      ?? stale("cell current", sample.current, in: sample)
  }

  private func stale<Q: Quantity>(_ name: String, _ reading: Reading<Q>, in sample: Sample)
    -> Trip?
  {
    let age = sample.time - reading.time
    if !reading.value.isFinite {
      return trip(
        "\(name) is not a number", reading.value.value, 0, Q.symbol, .bench, sample, "SAF-005")
    }
    guard age > rules.ageLimit || age.value.isNaN else { return nil }
    return trip(
      "\(name) is stale (\(reading.quality))", age.value, rules.ageLimit.value, "s", .bench,
      sample, "SAF-005")
  }

  private func limitTrip(_ sample: Sample) -> Trip? {
    outside(.voltage, sample.cellVoltage.value.value, "V", sample, "SAF-004")
      ?? outside(.current, sample.current.value.value, "A", sample, "SAF-004")
  }

  private func temperatureTrip(_ sample: Sample) -> Trip? {
    guard let surface = surfaceRange(sample) else {
      return trip(
        "no valid surface temperature", .nan, rules.ageLimit.value, "s", .bench, sample, "SAF-005")
    }
    let current = sample.current.value.value
    let flowing = abs(current) >= rules.zeroCurrent.value
    let window: LimitKind? =
      !flowing ? nil : current > 0 ? .chargeTemperature : .dischargeTemperature
    for temperature in [surface.low.value, surface.high.value] {
      if let trip = outside(.temperature, temperature, "degC", sample, "SAF-004") { return trip }
      if let window, let trip = outside(window, temperature, "degC", sample, "SAF-010") {
        return trip
      }
    }
    guard flowing else { return nil }
    return deratingTrip(sample, surface, current)
  }

  private func deratingTrip(
    _ sample: Sample, _ surface: (low: Celsius, high: Celsius), _ current: Double
  ) -> Trip? {
    for table in current > 0 ? chargeTables : dischargeTables {
      let allowed = table.allowed(from: surface.low, to: surface.high)
      guard abs(current) > allowed + rules.currentTripMargin.value else { continue }
      return trip(
        current > 0
          ? "charge current above table at this temperature"
          : "discharge current above table at this temperature",
        abs(current), allowed, "A", table.origin, sample, "SAF-010")
    }
    return nil
  }

  private func deviceTrip(_ sample: Sample) -> Trip? {
    if mayBeOn(sample.source.isOn, sample), mayBeOn(sample.load.isOn, sample) {
      return trip(
        "supply and load both on, or not known to be off", 2, 1, "devices", .bench, sample,
        "SAF-007")
    }
    if sample.source.protectionTripped.valid == true {
      return trip("supply's own protection tripped", 1, 0, "", .instrument, sample, "SAF-004")
    }
    if sample.load.protectionTripped.valid == true {
      return trip("load's own protection tripped", 1, 0, "", .instrument, sample, "SAF-004")
    }
    return nil
  }

  /// Only a fresh "off" proves a device off; a reading that failed carries the last good value.
  private func mayBeOn(_ reading: Reading<Bool>, _ sample: Sample) -> Bool {
    reading.value || sample.time - reading.time > rules.ageLimit
  }

  private func outside(
    _ kind: LimitKind, _ value: Double, _ unit: String, _ sample: Sample, _ requirement: String
  ) -> Trip? {
    guard let limits = bounds[kind] else { return nil }
    let name = kind.rawValue.replacingUnderscores
    if !(value >= limits.tripLow.value) {
      return trip(
        "\(name) below trip limit", value, limits.tripLow.value, unit, limits.tripLow.origin,
        sample, requirement)
    }
    if !(value <= limits.tripHigh.value) {
      return trip(
        "\(name) above trip limit", value, limits.tripHigh.value, unit, limits.tripHigh.origin,
        sample, requirement)
    }
    return nil
  }

  private func trip(
    _ what: String, _ value: Double, _ limit: Double, _ unit: String,
    _ origin: LimitLayer.Origin, _ sample: Sample, _ requirement: String
  ) -> Trip {
    Trip(
      what: what, value: value, limit: limit, unit: unit, origin: origin, time: sample.time,
      requirement: requirement)
  }
}

extension String {
  fileprivate var replacingUnderscores: String {
    String(map { $0 == "_" ? " " : $0 })
  }
}
