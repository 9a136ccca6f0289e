public import Quantities

extension Envelope {
  /// Judges one sample. Called on every scan, before anything else can.
  ///
  /// A reading that did not arrive in this scan carries the time of its last good value, so a gap is
  /// tolerated until that value is older than `rules.ageLimit`.
  public func verdict(on sample: Sample) -> Verdict { verdict(on: sample, isPrecharging: false) }

  /// - Parameter isPrecharging: the cell was found below its window; the monitor watches its lower end.
  func verdict(on sample: Sample, isPrecharging: Bool) -> Verdict {
    let trip =
      readingTrip(sample) ?? limitTrip(sample, isPrecharging) ?? temperatureTrip(sample)
      ?? deviceTrip(sample) ?? interlockTrip(sample)
    return trip.map { .trip($0) } ?? .ok
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

  private func limitTrip(_ sample: Sample, _ isPrecharging: Bool) -> Trip? {
    let voltage = sample.cellVoltage.value.value
    let floor = isPrecharging ? -Double.infinity : nil
    return outside(.voltage, voltage, sample, "SAF-004", low: floor)
      ?? outside(.current, sample.current.value.value, sample, "SAF-004")
  }

  /// An input of the coil circuit that is open, or not known to be closed (S15).
  private func interlockTrip(_ sample: Sample) -> Trip? {
    for index in 0..<sample.interlockCount {
      let input = sample.interlocks[index]
      guard !input.value || sample.time - input.time > rules.ageLimit else { continue }
      let name = index < rules.interlocks.count ? rules.interlocks[index] : "\(index + 1)"
      return trip(
        "interlock \(name) is open, or not known to be closed", 0, 1, "", .bench, sample, "SAF-015")
    }
    return nil
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
      if let trip = outside(.temperature, temperature, sample, "SAF-004") { return trip }
      if let window, let trip = outside(window, temperature, sample, "SAF-010") {
        return trip
      }
    }
    return nil
  }

  /// The current that flows and the least that a table allows at these temperatures, where it is more.
  func deratingExcess(_ sample: Sample)
    -> (current: Double, allowed: Double, origin: LimitLayer.Origin)?
  {
    let current = sample.current.value
    guard let surface = surfaceRange(sample), current.magnitude >= rules.zeroCurrent else {
      return nil
    }
    for table in current > .zero ? chargeTables : dischargeTables {
      let allowed = table.allowed(from: surface.low, to: surface.high)
      if current.magnitude.value > allowed + rules.currentTripMargin.value {
        return (current.magnitude.value, allowed, table.origin)
      }
    }
    return nil
  }

  private func deviceTrip(_ sample: Sample) -> Trip? {
    if mayBeOn(sample.source.isOn, sample), mayBeOn(sample.load.isOn, sample) {
      for (name, isOn) in [("supply", sample.source.isOn), ("load", sample.load.isOn)] {
        let age = sample.time - isOn.time
        guard age > rules.ageLimit else { continue }
        return trip(
          "\(name) is not known to be off", age.value, rules.ageLimit.value, "s", .bench, sample,
          "SAF-007")
      }
      return trip("supply and load both on", 2, 1, "devices", .bench, sample, "SAF-007")
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
    _ kind: LimitKind, _ value: Double, _ sample: Sample, _ requirement: String,
    low: Double? = nil
  ) -> Trip? {
    guard let limits = bounds[kind] else { return nil }
    if !(value >= low ?? limits.tripLow.value) {
      return trip(
        "\(kind.words) below trip limit", value, limits.tripLow.value, kind.unit,
        limits.tripLow.origin, sample, requirement)
    }
    if !(value <= limits.tripHigh.value) {
      return trip(
        "\(kind.words) above trip limit", value, limits.tripHigh.value, kind.unit,
        limits.tripHigh.origin, sample, requirement)
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
