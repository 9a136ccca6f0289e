import Quantities

/// Samples in a row in which two instruments disagreed, or the current was above its table.
struct CrossStreaks: Sendable {
  /// What may be so.
  enum Check: Int {
    case supplyVoltage, loadVoltage, currents, temperatures, command, derating
  }

  private var counts = InlineArray<6, Int>(repeating: 0)
  private var starts = InlineArray<6, Double>(repeating: 0)

  /// Counts on, or begins anew; true once it was so in `rules.samples` in a row and for
  /// `rules.persistence`, and `longer`.
  mutating func seen(
    _ check: Check, _ disagrees: Bool, at time: Double, _ rules: PlausibilityRules,
    longer: Seconds = .zero
  ) -> Bool {
    let index = check.rawValue
    guard disagrees else {
      counts[index] = 0
      return false
    }
    if counts[index] == 0 { starts[index] = time }
    counts[index] += 1
    return counts[index] >= rules.samples
      && time - starts[index] >= (rules.persistence + longer).value
  }
}
