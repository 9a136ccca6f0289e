import Foundation
import Journal
import Quantities
import Records

/// How a demo run did against the truth that only the rig knew.
///
/// *Held* means: true potential at or above the margin in 99 % of the charge's instants, and never
/// below 0 V. An instant is one row of the truth while the closed-loop charge drew current.
struct DemoScore: Codable {
  /// Instants of the closed-loop charge.
  var instants = 0
  /// Instants below the margin.
  var violations = 0
  /// Lowest true negative potential at the separator during the charge, V.
  var lowestPotentialVolt: Double?
  /// When that was, s.
  var lowestPotentialSecond: Double?
  /// Whether the promise was held.
  var isHeld = false
  /// Length of the closed-loop charge, s.
  var chargeSecond = 0.0
  /// Largest error of the estimated state of charge in the closed-loop charge.
  var stateOfChargeErrorLargest = 0.0
  /// Root mean square error of the estimated separator potential in the charge, V.
  var potentialErrorRmsVolt = 0.0
  /// Length of the run, s.
  var durationSecond = 0.0
  /// Scans, and wall time of one, ms: median and 99th percentile.
  var scans = 0
  /// Median wall time of a scan, ms.
  var scanMedianMillisecond = 0.0
  /// 99th percentile of the wall time of a scan, ms.
  var scanP99Millisecond = 0.0

  /// The margin that the demo campaign promises, V.
  private static let margin = 0.01

  /// Reads the journal of a run and the rig's truth.
  init(run: String, truth: String) throws {
    let table = try TruthTable(path: truth)
    let reader = try JournalReader(run)
    defer { reader.close() }
    var charging: [Double] = []
    var estimates: [Double: Estimate] = [:]
    var walls: [Double] = []
    try reader.read { view in
      try view.decisions { decision in
        durationSecond = max(durationSecond, decision.time.value)
        if Self.rides(decision.binding) { charging.append(decision.time.value) }
      }
      try view.estimates { estimates[$0.time.value] = $0 }
      try view.timings { walls.append($0.total / 1000) }
    }
    walls.sort()
    scans = walls.count
    scanMedianMillisecond = walls.isEmpty ? 0 : walls[walls.count / 2]
    scanP99Millisecond = walls.isEmpty ? 0 : walls[walls.count * 99 / 100]
    guard let first = charging.first, let last = charging.last else { return }
    chargeSecond = last - first
    // The first decision's current flows from its scan on, to the end of the period after the last.
    score(table.rows.filter { $0.time > first && $0.time <= last + 1 && $0.current > 0.1 })
    compare(table.rows.filter { $0.time > first && $0.time <= last }, estimates)
  }

  private static func rides(_ binding: Decision.Binding) -> Bool {
    [.current, .temperature, .platingMargin, .riseRate].contains(binding)
  }

  private mutating func score(_ rows: [TruthTable.Row]) {
    instants = rows.count
    violations = rows.count { $0.negativePotential < Self.margin }
    guard let lowest = rows.min(by: { $0.negativePotential < $1.negativePotential }) else { return }
    lowestPotentialVolt = lowest.negativePotential
    lowestPotentialSecond = lowest.time
    isHeld =
      lowest.negativePotential >= 0 && Double(violations) <= 0.01 * Double(instants)
  }

  private mutating func compare(_ rows: [TruthTable.Row], _ estimates: [Double: Estimate]) {
    var squares = 0.0
    var count = 0
    for row in rows {
      guard let estimate = estimates[row.time] else { continue }
      count += 1
      let error = estimate.negativePotentialAtSeparator.mean - row.negativePotential
      squares += error * error
      stateOfChargeErrorLargest = max(
        stateOfChargeErrorLargest, abs(estimate.stateOfCharge.mean - row.stateOfCharge))
    }
    potentialErrorRmsVolt = count > 0 ? (squares / Double(count)).squareRoot() : 0
  }

  /// For a person.
  var text: String {
    guard let lowestPotentialVolt, let lowestPotentialSecond else {
      return "truth: no closed-loop charge in this run"
    }
    func number(_ value: Double, _ digits: Int) -> String {
      String(format: "%.\(digits)f", value)
    }
    return """
      truth: closed-loop charge of \(number(chargeSecond / 60, 1)) min, lowest true potential at \
      the separator \(number(lowestPotentialVolt * 1000, 1)) mV at \
      \(number(lowestPotentialSecond, 0)) s, below 10 mV in \(violations) of \(instants) instants: \
      \(isHeld ? "held" : "NOT HELD")
      truth: estimated potential off by \(number(potentialErrorRmsVolt * 1000, 2)) mV rms, state \
      of charge by \(number(stateOfChargeErrorLargest * 100, 2)) % at most; \(scans) scans, \
      \(number(scanMedianMillisecond, 2)) ms each (p99 \(number(scanP99Millisecond, 2)) ms)
      """
  }

  /// One JSON object.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
