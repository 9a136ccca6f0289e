import Quantities

extension SafetyMonitor {
  /// Made once: `allCases` would allocate on every scan.
  private static let softKinds = LimitKind.allCases.filter { !$0.isHard }

  /// Limits on power, rates and budgets: each trips once it was passed for longer than its delay (S4).
  mutating func softTrip(_ sample: Sample, _ envelope: Envelope) -> Trip? {
    for index in Self.softKinds.indices {
      let kind = Self.softKinds[index]
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
      let bound = low ? bounds.tripLow : bounds.tripHigh
      return trip(
        "\(kind.words) \(low ? "below" : "above") trip limit", value, bound.value, kind.unit,
        sample,
        "SAF-004", origin: bound.origin)
    }
    return nil
  }

  private func value(of kind: LimitKind, _ sample: Sample) -> Double? {
    switch kind {
    case .power: sample.cellVoltage.value.value * sample.current.value.value
    case .temperatureRate: rates.heating
    case .voltageRate: rates.voltage
    case .currentRate: rates.current
    default: budgets.spent(kind)
    }
  }
}
