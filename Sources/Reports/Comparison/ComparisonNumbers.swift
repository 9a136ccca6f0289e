import Journal
import Records

/// Prescription against baseline on the same cell, computed by SQL from the journal.
public struct ComparisonNumbers: Sendable, Encodable {
  /// Every charge that a policy decided on, in order.
  public var arms: [ArmNumbers] = []
  /// Prescription less baseline of each pair that may be compared, s.
  public var differencesSecond: [Double] = []
  /// Their mean, s.
  public var meanSecond: Double?
  /// Half of its 95 % interval, s; nil with one pair.
  public var halfIntervalSecond: Double?
  /// The margin that was asked for, mV.
  public var marginMillivolt: Double?
  /// Counts of the cell's charge around the pairs, in order.
  public var capacities: [CapacityNumbers] = []
  /// What lies between them.
  public var capacityDifferences: [CapacityDifference] = []
  /// Some sentences; nil when nothing was compared.
  public var verdict: String?

  enum CodingKeys: String, CodingKey {
    case arms, capacities, verdict
    case capacityDifferences = "capacity_differences"
    case differencesSecond = "differences_second"
    case meanSecond = "mean_second"
    case halfIntervalSecond = "half_interval_second"
    case marginMillivolt = "margin_millivolt"
  }

  init() {}

  init(_ view: JournalView) throws {
    // A journal of schema 1 has none.
    let tables = try view.one(
      "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'charges'"
    ) { $0.int(0) }
    guard tables == 1, let header = try view.header() else { return }
    marginMillivolt = PlatingMargin.find(try view.inputs())
    let titles = try view.all(
      "SELECT message FROM events WHERE event = 'phase.started' ORDER BY id"
    ) { $0.text(0) ?? "" }
    try view.each(ComparisonSQL.happened) { row in
      let phase = row.int(0) ?? 0
      var arm = ArmNumbers(phase: phase, policy: row.text(1) ?? "")
      arm.stateOfChargeStart = row.double(2)
      arm.temperatureStartCelsius = row.double(3)
      arm.stateOfChargeEnd = row.double(4)
      let title = titles.indices.contains(phase) ? titles[phase] : ""
      arm.arm = ["prescription", "baseline"].first { title.contains(": \($0): ") }
      arms.append(arm)
    }
    for index in arms.indices {
      try arms[index].fill(view, period: header.controlPeriod, margin: marginMillivolt)
    }
    compare()
    capacities = try CapacityNumbers.all(view, titles: titles)
    capacityDifferences = CapacityDifference.pairs(capacities)
    let sentences = [Verdict.sentence(self), CapacityWords.sentences(self)].compactMap(\.self)
    verdict = sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  /// Pairs are neighbours of different sides.
  private mutating func compare() {
    let compared = arms.filter { $0.arm != nil }
    for start in stride(from: 0, to: compared.count - 1, by: 2) {
      let pair = compared[start...start + 1]
      guard let prescription = pair.first(where: { $0.arm == "prescription" }),
        let baseline = pair.first(where: { $0.arm == "baseline" }),
        prescription.unequal == nil, baseline.unequal == nil,
        let one = prescription.durationSecond, let other = baseline.durationSecond
      else { continue }
      differencesSecond.append(one - other)
    }
    let n = Double(differencesSecond.count)
    guard n > 0 else { return }
    let mean = differencesSecond.reduce(0, +) / n
    meanSecond = mean
    guard n > 1 else { return }
    let square = differencesSecond.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    halfIntervalSecond = StudentT.point(Int(n) - 1) * (square / n).squareRoot()
  }
}

extension ArmNumbers {
  init(phase: Int, policy: String) {
    self.phase = phase
    self.policy = policy
  }

  mutating func fill(_ view: JournalView, period: Double, margin: Double?) throws {
    try view.each(ComparisonSQL.promised(phase)) { row in
      (promisedSecond, promisedLowSecond) = (row.double(0), row.double(1))
      promisedHighSecond = row.double(2)
      (promisedVoltageVolt, promisedVoltageVoltSd) = (row.double(3), row.double(4))
      (promisedTemperatureCelsius, promisedTemperatureCelsiusSd) = (row.double(5), row.double(6))
      promisedPotentialLess2SdMillivolt = row.double(7)
    }
    let extent = try view.one(ComparisonSQL.extent(phase)) { ($0.double(0), $0.double(1)) }
    guard case (let from?, let last?)? = extent else { return }
    let to = last + period
    (startSecond, endSecond, durationSecond) = (from, to, to - from)
    try view.each(ComparisonSQL.highest(from, to)) { row in
      (voltageHighestVolt, temperatureHighestCelsius) = (row.double(0), row.double(1))
    }
    ampereHour = try view.one(ComparisonSQL.charge(from, to)) { $0.double(0) } ?? nil
    try view.each(ComparisonSQL.potential(from, to, margin: margin ?? 0)) { row in
      potentialLowestLess2SdMillivolt = row.double(0)
      guard margin != nil else { return }
      (marginViolations, marginDoubts) = (row.int(1) ?? 0, row.int(2) ?? 0)
    }
    // It is said when the phase begins, before the charge is gone through.
    unequal = try view.one(ComparisonSQL.unequal(from - 3600, to)) { $0.text(0) } ?? nil
    var points: [(time: Double, volt: Double)] = []
    try view.each(ComparisonSQL.relaxation(phase + 1)) { row in
      points.append((row.number(0), row.number(1)))
    }
    hasPlateau = Relaxation.hasPlateau(points)
  }
}
