import Quantities

/// Since when one thermometer's rise was past its limit, and what it last was, K/s.
struct Heating: Sendable {
  var since = Double.nan
  var last = Double.nan
}

extension SafetyMonitor {
  /// Made once: `allCases` would allocate on every scan.
  private static let softKinds = LimitKind.allCases.filter { !$0.isHard }

  /// Limits on power, rates and budgets: each trips once it was passed for longer than its delay (S4).
  mutating func softTrip(_ sample: Sample, _ envelope: Envelope) -> Trip? {
    for index in Self.softKinds.indices {
      let kind = Self.softKinds[index]
      if kind == .temperatureRate {
        if let trip = temperatureRateTrip(sample, envelope) { return trip }
        continue
      }
      guard let bounds = envelope.bounds[kind] else {
        since[index] = .nan
        continue
      }
      // What is not known in this sample is what it was: a lost reading does not give more time.
      guard let value = value(of: kind, sample) else { continue }
      let low = value < bounds.tripLow.value
      guard low || value > bounds.tripHigh.value else {
        since[index] = .nan
        continue
      }
      let time = sample.time.value
      if since[index].isNaN { since[index] = time }
      guard time - since[index] >= bounds.delay.value else { continue }
      return softTrip(kind, value, bounds, sample)
    }
    return nil
  }

  /// Each thermometer by itself. One that falls silent while it was past the limit is past it: nothing shows
  /// that it is not.
  private mutating func temperatureRateTrip(_ sample: Sample, _ envelope: Envelope) -> Trip? {
    guard let bounds = envelope.bounds[.temperatureRate] else { return nil }
    for index in 0..<sample.surfaceCount {
      if let rise = rates.surface(index)?.value {
        let isPast = rise > bounds.tripHigh.value || rise < bounds.tripLow.value
        if !isPast {
          heating[index] = Heating()
        } else if heating[index].since.isNaN {
          heating[index].since = sample.time.value
        }
        heating[index].last = rise
      }
      let time = sample.time.value - heating[index].since
      guard time >= bounds.delay.value else { continue }
      return softTrip(.temperatureRate, heating[index].last, bounds, sample)
    }
    return nil
  }

  private func softTrip(_ kind: LimitKind, _ value: Double, _ bounds: Bounds, _ sample: Sample)
    -> Trip
  {
    let isLow = value < bounds.tripLow.value
    let bound = isLow ? bounds.tripLow : bounds.tripHigh
    return trip(
      "\(kind.words) \(isLow ? "below" : "above") trip limit", value, bound.value, kind.unit,
      sample,
      "SAF-004", origin: bound.origin)
  }

  private func value(of kind: LimitKind, _ sample: Sample) -> Double? {
    switch kind {
    case .power: sample.cellVoltage.value.value * sample.current.value.value
    case .voltageRate: rates.voltage
    case .currentRate: rates.current
    default: budgets.spent(kind)
    }
  }
}
