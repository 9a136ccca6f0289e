import Foundation
import Journal
import Quantities
import Records
import Reports

/// How a demo run did against the truth that only the rig knew.
struct DemoScore: Codable {
  /// Every charge that a policy decided on, in order.
  var charges: [ChargeTruth] = []
  /// Prescription less baseline, mean over pairs, s; nil: nothing was compared.
  var differenceSecond: Double?
  /// The same for one and the same true charge, the prescription's mean, s.
  var trueDifferenceSecond: Double?
  /// Whether the report's verdict has the truth's signs: of the time gained, and of every charge whether its
  /// margin was kept.
  var isVerdictRight = false
  /// Processor time of rig, guard and controller together, s, and how much faster than the bench's clock
  /// that is.
  var processorSecond: Double?
  /// Length of the run over `processorSecond`.
  var timesRealTime: Double?
  /// Length of the run, s.
  var durationSecond = 0.0
  /// Scans, and wall time of one, ms: median and 99th percentile.
  var scans = 0
  /// Median wall time of a scan, ms.
  var scanMedianMillisecond = 0.0
  /// 99th percentile of the wall time of a scan, ms.
  var scanP99Millisecond = 0.0
  /// The margin that was asked for, V.
  var marginVolt = 0.01

  /// Reads the journal of a run and the rig's truth.
  ///
  /// - Parameter processor: processor time of the run's processes, s.
  init(run: String, truth: String, processor: Double? = nil) throws {
    let table = try TruthTable(path: truth)
    let reader = try JournalReader(run)
    defer { reader.close() }
    var estimates: [Double: Estimate] = [:]
    var walls: [Double] = []
    let comparison = try reader.read { view in
      try view.decisions { durationSecond = max(durationSecond, $0.time.value) }
      try view.estimates { estimates[$0.time.value] = $0 }
      try view.timings { walls.append($0.total / 1000) }
      return try RunNumbers(view).comparison
    }
    walls.sort()
    scans = walls.count
    scanMedianMillisecond = walls.isEmpty ? 0 : walls[walls.count / 2]
    scanP99Millisecond = walls.isEmpty ? 0 : walls[walls.count * 99 / 100]
    marginVolt = (comparison.marginMillivolt ?? 10) / 1000
    differenceSecond = comparison.meanSecond
    for arm in comparison.arms {
      guard let start = arm.startSecond, let end = arm.endSecond else { continue }
      var charge = ChargeTruth(
        arm: arm.arm, policy: arm.policy, chargeSecond: end - start,
        isSaidKept: arm.marginViolations == 0)
      charge.score(
        table.rows.filter { $0.time > start && $0.time <= end }, estimates, margin: marginVolt)
      charges.append(charge)
    }
    trueDifferenceSecond = trueDifference()
    isVerdictRight =
      !charges.isEmpty && charges.allSatisfy { $0.isSaidKept == $0.isHeld } && isGainRight
    if let processor, processor > 0 {
      (processorSecond, timesRealTime) = (processor, durationSecond / processor)
    }
  }

  /// Both arms' times a unit of true charge, times the prescription's charge: an arm that ended early by a wrong
  /// estimate gains nothing by it.
  private func trueDifference() -> Double? {
    func arm(_ name: String) -> (seconds: Double, gained: Double)? {
      let own = charges.filter { $0.arm == name && $0.stateOfChargeGained > 0 }
      guard !own.isEmpty else { return nil }
      let count = Double(own.count)
      return (
        own.reduce(0) { $0 + $1.chargeSecond } / count,
        own.reduce(0) { $0 + $1.stateOfChargeGained } / count
      )
    }
    guard let own = arm("prescription"), let other = arm("baseline") else { return nil }
    return own.seconds - other.seconds * own.gained / other.gained
  }

  /// Where nothing was compared there is no gain to be wrong about.
  private var isGainRight: Bool {
    guard let said = differenceSecond, let truth = trueDifferenceSecond else {
      return differenceSecond == nil
    }
    return (said < 0) == (truth < 0)
  }

  /// Those that the demo is about: the closed loop's.
  var closedLoop: [ChargeTruth] {
    let prescribed = charges.filter { $0.arm == "prescription" }
    return prescribed.isEmpty ? charges : prescribed
  }
  /// Whether all of them held.
  var isHeld: Bool { !closedLoop.isEmpty && closedLoop.allSatisfy(\.isHeld) }
  /// Mean length, s.
  var chargeSecond: Double {
    closedLoop.reduce(0) { $0 + $1.chargeSecond } / Double(max(closedLoop.count, 1))
  }

  /// For a person.
  var text: String {
    guard !charges.isEmpty else { return "truth: no charge in this run" }
    var lines = charges.map { charge in
      let name = [charge.arm, charge.policy].compactMap(\.self).joined(separator: ", ")
      return "truth: \(name): \(Self.number(charge.chargeSecond / 60, 1)) min, lowest potential "
        + "\(Self.number((charge.lowestPotentialVolt ?? .nan) * 1000, 1)) mV, below "
        + "\(Self.number(marginVolt * 1000, 0)) mV in \(charge.violations) of \(charge.instants) "
        + "instants: \(charge.isHeld ? "held" : "NOT HELD"); estimate off by "
        + "\(Self.number(charge.potentialErrorRmsVolt * 1000, 2)) mV rms"
    }
    lines.append(
      "truth: the report is \(isVerdictRight ? "right" : "WRONG") about time and margins; "
        + "\(scans) scans, "
        + "\(Self.number(scanMedianMillisecond, 2)) ms each "
        + "(p99 \(Self.number(scanP99Millisecond, 2)) ms)\(speed)")
    return lines.joined(separator: "\n")
  }

  private var speed: String {
    guard let processorSecond, let timesRealTime else { return "" }
    return
      "; \(Self.number(durationSecond / 3600, 1)) h in \(Self.number(processorSecond, 0)) s of "
      + "processor time, \(Self.number(timesRealTime, 0)) times real time"
  }

  /// The same for the report.
  var appendix: ReportAppendix {
    ReportAppendix(
      heads: [
        "Charge", "Minutes", "Lowest true potential / mV", "Instants below the margin", "Held",
        "Report says kept", "Estimate off by, rms / mV", "Too high by 5 mV",
      ],
      rows: charges.map { charge in
        [
          [charge.arm, charge.policy].compactMap(\.self).joined(separator: ": "),
          Self.number(charge.chargeSecond / 60, 1),
          Self.number((charge.lowestPotentialVolt ?? .nan) * 1000, 1),
          "\(charge.violations) of \(charge.instants)", charge.isHeld ? "yes" : "no",
          charge.isSaidKept ? "yes" : "no",
          Self.number(charge.potentialErrorRmsVolt * 1000, 2),
          Self.number(charge.optimisticShare * 100, 1) + " % of instants",
        ]
      },
      sentences: [
        "Held: true potential at or above the margin in 99 % of the instants and never below 0 V.",
        isVerdictRight
          ? "The report is right about the sign of the time gained and about every margin."
          : "The report is wrong about the time gained or about a margin.",
      ])
  }

  static func number(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  /// One JSON object.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
