/// What a comparison says, in one sentence that claims no more than was measured.
enum Verdict {
  static func sentence(_ numbers: ComparisonNumbers) -> String? {
    let compared = numbers.arms.filter { $0.arm != nil }
    guard !compared.isEmpty else { return nil }
    guard let mean = numbers.meanSecond else {
      return "Nothing can be compared: "
        + (compared.compactMap(\.unequal).first ?? "no pair of charges was completed") + "."
    }
    return [
      time(numbers, mean), limits(numbers, compared), relaxation(compared),
      "The plating margin is inferred by the twin, not measured.",
    ].joined(separator: " ")
  }

  private static func time(_ numbers: ComparisonNumbers, _ mean: Double) -> String {
    func average(_ side: String) -> Double {
      let times = numbers.arms.filter { $0.arm == side }.compactMap(\.durationSecond)
      return times.reduce(0, +) / Double(max(times.count, 1))
    }
    let (own, other) = (average("prescription"), average("baseline"))
    let minutes = { (seconds: Double) in Format.number(seconds / 60, 1) }
    let pairs = numbers.differencesSecond.count
    let means =
      "the prescription took \(minutes(own)) min, the baseline \(minutes(other)) min: "
      + "\(minutes(abs(mean))) min \(mean < 0 ? "less" : "more")"
    guard let half = numbers.halfIntervalSecond else {
      return "In one pair, which has no interval, \(means)."
    }
    let interval =
      "95 % interval of the difference \(minutes(mean - half)) to \(minutes(mean + half)) min"
    let shown = abs(mean) > half
    return "Over \(pairs) pairs \(means) (\(interval)): "
      + (shown
        ? "the prescription was \(mean < 0 ? "faster" : "slower") on this cell."
        : "no difference is shown.")
  }

  private static func limits(_ numbers: ComparisonNumbers, _ arms: [ArmNumbers]) -> String {
    guard let margin = numbers.marginMillivolt else { return "No plating margin was asked for." }
    func lowest(_ side: String) -> String {
      let values = arms.filter { $0.arm == side }.compactMap(\.potentialLowestLess2SdMillivolt)
      return Format.number(values.min(), 1)
    }
    let asked = Format.number(margin, 0)
    func sides(_ isMeant: (ArmNumbers) -> Bool) -> String? {
      let found = Set(arms.filter(isMeant).compactMap(\.arm)).sorted()
      return found.isEmpty ? nil : found.joined(separator: " and ")
    }
    let words =
      "lowest estimate less 2 sd \(lowest("prescription")) mV under the prescription, "
      + "\(lowest("baseline")) mV under the baseline, \(asked) mV asked"
    if let passed = sides({ $0.marginViolations > 0 }) {
      return "The margin was not kept by estimate under the \(passed): \(words)."
    }
    if let near = sides({ $0.marginDoubts > 0 }) {
      return "The estimate itself kept the margin, but under the \(near) not by 2 sd: \(words)."
    }
    return "By estimate the margin was kept to a millivolt: \(words)."
  }

  private static func relaxation(_ arms: [ArmNumbers]) -> String {
    let told = arms.compactMap(\.hasPlateau)
    guard !told.isEmpty else { return "The rests were too short for a relaxation check." }
    let seen = told.count(where: \.self)
    return seen == 0
      ? "No plateau was seen in the relaxation after \(told.count) charges."
      : "A plateau, as of lithium being stripped, was seen after \(seen) of \(told.count) charges."
  }
}
