import Journal

/// The plating margin that the run's own campaign asked for, from the copy in its journal.
enum PlatingMargin {
  /// In mV; nil when no campaign names one, or several name different ones.
  static func find(_ inputs: [InputCopy]) -> Double? {
    var found: Set<Double> = []
    for input in inputs where input.role == "campaign" {
      let text = String(decoding: input.content, as: UTF8.self)
      let pattern = /plating_margin\s*=\s*"\s*(-?[0-9.]+)\s*(mV|V)\s*"/
      for match in text.matches(of: pattern) {
        guard let value = Double(match.1) else { continue }
        found.insert(match.2 == "V" ? value * 1000 : value)
      }
    }
    return found.count == 1 ? found.first : nil
  }
}
