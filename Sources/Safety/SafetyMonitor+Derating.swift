import Quantities

extension SafetyMonitor {
  /// A current above its table at this temperature (S10), for longer than a current takes to come down.
  /// A row's edge is no cliff: noise carries a reading across it and back. The window's own edges trip at
  /// once.
  mutating func deratingTrip(_ sample: Sample, _ envelope: Envelope) -> Trip? {
    // A current that was not read anew neither counts nor excuses.
    guard sample.current.quality == .good else { return nil }
    let excess = envelope.deratingExcess(sample)
    let settling = rules.plausibility.settling
    guard
      streaks.seen(
        .derating, excess != nil, at: sample.time.value, rules.plausibility, longer: settling),
      let excess
    else { return nil }
    let direction = sample.current.value > .zero ? "charge" : "discharge"
    return trip(
      "\(direction) current above table at this temperature", excess.current, excess.allowed,
      Amperes.symbol, sample, "SAF-010", origin: excess.origin)
  }
}
