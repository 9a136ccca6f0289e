/// The largest current of which the slack is not negative, for a slack that falls with the current.
///
/// Remembers current and slope from one search to the next: in a charge both hardly change within a second.
package struct LargestCurrent: Sendable {
  /// A.
  package let ceiling: Double
  /// Found to this, from below, A.
  package let tolerance: Double
  private var guess: Double
  /// By how much the slack falls per ampere.
  private var slope = 0.01

  package init(ceiling: Double, tolerance: Double = 1e-3) {
    self.ceiling = ceiling
    self.tolerance = tolerance
    guess = ceiling
  }

  /// Searches; nil when not even 0 is allowed.
  ///
  /// - Parameter slack: of a current, A; nil where the model has no answer (too much).
  package mutating func find(_ slack: (Double) -> Double?) -> Double? {
    var low: (current: Double, slack: Double)?
    var high: (current: Double, slack: Double?)?
    var candidate = guess
    for round in 1...60 {
      let value = slack(candidate)
      if let value, value >= 0 {
        low = (candidate, value)
        if candidate >= ceiling { break }
      } else {
        guard candidate > 0 else { return nil }
        high = (candidate, value)
      }
      if let low, let high {
        let width = high.current - low.current
        if width <= tolerance { break }
        // A secant over a wide bracket says little of where the root is.
        if let broken = high.slack, width < 0.5 {
          slope = max((low.slack - broken) / width, 1e-4)
        }
      }
      // As near as one can tell.
      if let low, low.slack <= slope * tolerance, high.map({ $0.slack != nil }) ?? true { break }
      candidate = next(low, high, round)
    }
    if let low { guess = low.current }
    return low?.current
  }

  private func next(
    _ low: (current: Double, slack: Double)?, _ high: (current: Double, slack: Double?)?,
    _ round: Int
  ) -> Double {
    // Wider with every round that did not cross over.
    let least = tolerance * Double(round)
    switch (low, high) {
    case (let low?, let high?):
      let middle = 0.5 * (low.current + high.current)
      let isWide = high.current - low.current > 20 * tolerance
      guard high.slack != nil, !isWide || !round.isMultiple(of: 2) else { return middle }
      return min(
        max(low.current + low.slack / slope - 0.25 * tolerance, low.current + 0.5 * tolerance),
        high.current - 0.5 * tolerance)
    case (let low?, nil):
      return min(ceiling, low.current + Double(round) * low.slack / slope + least)
    case (nil, let high?):
      guard let broken = high.slack else {
        return high.current < tolerance ? 0 : 0.5 * high.current
      }
      return max(0, high.current + Double(round) * broken / slope - 0.5 * least)
    case (nil, nil):
      return ceiling
    }
  }
}
