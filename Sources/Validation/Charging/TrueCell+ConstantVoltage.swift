import Electrochemistry

extension TrueCell {
  /// Constant current, then constant voltage, in the solver's own steps: a tenth of the cost of a ride, for a
  /// search. The potential is watched at the end of each step; `ride` of the winner shows each second.
  ///
  /// - Parameters:
  ///   - current: A, in place of the limits' own.
  ///   - voltage: V, in place of the limits' own.
  ///   - longest: s.
  package func constantVoltage(
    _ current: Double, _ voltage: Double, _ limits: TrueChargeLimits, within longest: Double
  ) -> CCCVSearch.Outcome {
    working.take(start)
    let begin = working.time
    let stops = [
      StopCondition(.stateOfCharge, .atLeast, limits.stateOfCharge),
      StopCondition(.negativePotentialAtSeparator, .atMost, limits.potential),
      StopCondition(.temperature, .atLeast, limits.temperature),
    ]
    let full = StopCondition(.voltage, .atLeast, voltage)
    do {
      for (control, stops) in [
        (CellControl.current(current), stops + [full]), (CellControl.voltage(voltage), stops),
      ] {
        let left = begin + longest - working.time
        guard left > 0 else { return .late }
        try working.apply(control, ambient: ambient)
        switch try working.run(for: left, stops: stops, outputTimes: [], emit: { _ in }) {
        case .stop(0): return .reached(working.time - begin)
        case .stop(3): continue
        case .stop: return .broken
        case .duration: return .late
        }
      }
      return .late
    } catch { return .broken }
  }

  /// The fastest constant current, constant voltage within limits; its own voltage, or the best one below.
  package func fastestCCCV(_ limits: TrueChargeLimits, fixed: Bool) -> CCCVSearch.Found? {
    let search = CCCVSearch(
      currents: 0.5...limits.current,
      voltages: (fixed ? limits.voltage : 3.7)...limits.voltage)
    return search.run { constantVoltage($0, $1, limits, within: $2) }
  }
}
