import Quantities

/// Exact repetitions of the readings that safety lives on.
struct FrozenReadings: Sendable {
  var voltage = FrozenWatch()
  var current = FrozenWatch()
  var surfaces = InlineArray<4, FrozenWatch>(repeating: FrozenWatch())
}

extension SafetyMonitor {
  /// A reading that noise moves and that repeats itself exactly is not measured any more (S5).
  mutating func frozenTrip(_ sample: Sample) -> Trip? {
    let p = rules.plausibility
    let time = sample.time.value
    if p.voltageMoves, let value = sample.cellVoltage.valid?.value,
      let trip = frozenTrip("cell voltage", frozen.voltage.age(of: value, at: time), sample)
    {
      return trip
    }
    if p.currentMoves, let value = sample.current.valid?.value,
      let trip = frozenTrip("cell current", frozen.current.age(of: value, at: time), sample)
    {
      return trip
    }
    guard p.temperatureMoves else { return nil }
    for index in 0..<sample.surfaceCount {
      guard let value = sample.surface[index].valid?.value else { continue }
      let age = frozen.surfaces[index].age(of: value, at: time)
      if let trip = frozenTrip("surface temperature \(index + 1)", age, sample) { return trip }
    }
    return nil
  }

  private func frozenTrip(_ name: String, _ age: Double?, _ sample: Sample) -> Trip? {
    let limit = rules.plausibility.frozenAfter.value
    guard let age, age >= limit else { return nil }
    return trip(
      "\(name) is frozen: it repeats itself exactly", age, limit, Seconds.symbol, sample, "SAF-005")
  }
}
