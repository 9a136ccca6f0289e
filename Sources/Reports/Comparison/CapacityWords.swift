/// What counts of capacity say, in sentences that claim no more than two counts can.
enum CapacityWords {
  static func sentences(_ numbers: ComparisonNumbers) -> String? {
    var sentences: [String] = []
    for count in numbers.capacities where count.when == "before" {
      let difference = numbers.capacityDifferences.first { $0.phaseBefore == count.phase }
      sentences.append(
        difference.map { compared($0, numbers.capacities) } ?? alone(count, numbers.capacities))
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  private static func compared(
    _ difference: CapacityDifference, _ counts: [CapacityNumbers]
  ) -> String {
    func shown(_ phase: Int) -> String {
      Format.number(counts.first { $0.phase == phase }?.ampereHour, 3)
    }
    let both =
      "Counted capacity \(shown(difference.phaseBefore)) then \(shown(difference.phaseAfter)) A h"
    if let reason = difference.incomparable { return "\(both): not comparable, \(reason)." }
    let sign = difference.percent > 0 ? "+" : ""
    let change = "\(sign)\(Format.number(difference.percent, 2)) %"
    guard let sd = difference.ampereHourSd else {
      return "\(both) (\(change)): the bench states no error of its current reading, and each is "
        + "one measurement; no change is claimed."
    }
    let first = difference.ampereHour / difference.percent * 100
    let half = 2 * sd
    let error =
      difference.ampereHour == 0
      ? "\(Format.number(1000 * half, 1)) mA h" : "\(Format.number(100 * half / first, 2)) %"
    guard abs(difference.ampereHour) > half else {
      return "\(both) (\(change), the current reading's stated error \(error)): one measurement "
        + "each, no change is shown."
    }
    return
      "\(both) (\(change), the current reading's stated error \(error)): more than that error, "
      + "but one measurement each, which says nothing of how well it repeats."
  }

  /// A count without a second one, or one that did not come to its end.
  private static func alone(_ count: CapacityNumbers, _ counts: [CapacityNumbers]) -> String {
    guard count.isComplete else {
      return "The capacity before the first pair was not counted: \(miss(count))."
    }
    let first = "Counted capacity \(Format.number(count.ampereHour, 3)) A h before the first pair"
    let after = counts.first { $0.phase > count.phase }
    guard let after, after.when == "after" else { return "\(first), none after the last." }
    return "\(first); after the last it was not counted: \(miss(after))."
  }

  private static func miss(_ count: CapacityNumbers) -> String {
    guard count.ampereHour != nil else { return "nothing was discharged" }
    return count.endedBy.map { "its discharge was ended by \($0)" }
      ?? "its discharge did not come to its end"
  }
}
