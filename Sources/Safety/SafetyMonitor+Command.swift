import Quantities

extension SafetyMonitor {
  /// The current is where the set-points of the last seconds put it, in sign and size (S5). Less
  /// than commanded is right only while the contactor is open, or where the supply stands at its ceiling.
  mutating func commandTrip(_ sample: Sample, _ drive: DriveReport) -> Trip? {
    let range = expected(sample, drive)
    var past = 0.0
    var disagrees = false
    if let current = sample.current.valid?.value {
      past = min(max(current, range.lowerBound), range.upperBound)
      disagrees = abs(current - past) > tolerance(max(abs(past), abs(current)))
    }
    guard streaks.seen(.command, disagrees, at: sample.time.value, rules.plausibility) else {
      return nil
    }
    return trip(
      past == 0 ? "current flows that nobody asked for" : "current is not what was commanded",
      sample.current.value.value, past, Amperes.symbol, sample, "SAF-005")
  }

  private func expected(_ sample: Sample, _ drive: DriveReport) -> ClosedRange<Double> {
    let p = rules.plausibility
    let range = setPoints.range(since: sample.time.value - p.settling.value)
    let isLimited =
      sample.source.voltage.valid.map { $0 >= drive.ceiling - p.voltageTolerance } ?? false
    guard isLimited || !drive.holdsContactor else { return range }
    return min(range.lowerBound, 0)...max(range.upperBound, 0)
  }

  /// Errors of two ammeters at a current, A.
  func tolerance(_ current: Double) -> Double {
    rules.plausibility.currentTolerance.value + rules.plausibility.currentRatio * current
  }
}
