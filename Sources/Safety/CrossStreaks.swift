import Quantities

/// Samples in a row in which two instruments disagreed.
struct CrossStreaks: Sendable {
  /// What may disagree.
  enum Check: Int {
    case supplyVoltage, loadVoltage, currents, temperatures, command
  }

  private var counts = InlineArray<5, Int>(repeating: 0)
  private var starts = InlineArray<5, Double>(repeating: 0)

  /// Counts on, or begins anew; true once it was so in `rules.samples` in a row and for
  /// `rules.persistence`.
  mutating func seen(
    _ check: Check, _ disagrees: Bool, at time: Double, _ rules: PlausibilityRules
  ) -> Bool {
    let index = check.rawValue
    guard disagrees else {
      counts[index] = 0
      return false
    }
    if counts[index] == 0 { starts[index] = time }
    counts[index] += 1
    return counts[index] >= rules.samples && time - starts[index] >= rules.persistence.value
  }
}
