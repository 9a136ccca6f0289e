package import Electrochemistry

extension TrueCell {
  /// Charges from the start, each second with the largest current that keeps every limit at its beginning and end:
  /// what a twin could do that knew everything. Without a limit of the potential that is CC-CV.
  ///
  /// - Parameters:
  ///   - longest: s; given up then.
  ///   - backOff: by which the potential stays above its limit at a state of charge, V.
  /// - Returns: the duration to the instant at which the charge is reached, linear within the last second.
  package func ride(
    _ limits: TrueChargeLimits, within longest: Double = 43_200,
    backOff: (Double) -> Double = { _ in 0 }
  ) throws(ModelError) -> TrueCharge {
    working.take(start)
    var charge = TrueCharge()
    var search = LargestCurrent(ceiling: limits.current)
    var stateOfCharge = try self.stateOfCharge()
    var elapsed = 0.0
    while elapsed < longest {
      let keep = backOff(stateOfCharge)
      var tried: (current: Double, first: CellOutputs, last: CellOutputs)?
      let found = search.find { current in
        tried = nil
        guard let (first, last) = try? second(current) else { return nil }
        tried = (current, first, last)
        return min(limits.slack(first, backOff: keep), limits.slack(last, backOff: keep))
      }
      // Nothing is allowed: wait.
      let current = found ?? 0
      if tried?.current != current {
        let (first, last) = try second(current)
        tried = (current, first, last)
      }
      guard let (_, first, last) = tried else { continue }
      charge.take(first)
      charge.take(last)
      working.take(trial)
      if last.stateOfCharge >= limits.stateOfCharge {
        charge.duration =
          elapsed + (limits.stateOfCharge - stateOfCharge) / (last.stateOfCharge - stateOfCharge)
        return charge
      }
      stateOfCharge = last.stateOfCharge
      elapsed += 1
    }
    return charge
  }
}
