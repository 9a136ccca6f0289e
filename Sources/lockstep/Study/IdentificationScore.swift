import Electrochemistry
import Excitation
import Foundation
import Identification
import Kernels
import Quantities
import Simulation

/// How one identification of a known cell went.
struct IdentificationScore: Sendable {
  /// ln of what was found over the truth, one for each parameter.
  var errors: [Double]
  /// Standard deviations that the fit claims.
  var sds: [Double]
  /// Whether the truth lies in the 95 % profile interval, and half its width; empty when not asked.
  var intervals: [(holds: Bool, halfWidth: Double)] = []
  /// V, of a record that was not fitted to.
  var voltageRMS = Double.nan
  /// Share of its rows in the 95 % band.
  var coverage = Double.nan
  /// V, of the separator potential in charges at up to C/2, and above.
  var separatorSlow = Double.nan
  var separatorFast = Double.nan
  /// Whether the excitation broke a limit of the true cell: what, and by how much in the limit's unit.
  var violations: [String] = []
  var seconds = 0.0

  /// Identifies a case from one record with a model of a name.
  static func of(
    _ item: IdentificationCase, _ current: CurrentRecord, model: RunModel, profiles: Bool
  ) -> IdentificationScore? {
    let started = Date()
    var fit = CellIdentification(
      item.reference,
      IdentificationCase.parameters + (item.matched ? [] : [.openCircuitOffset, .ambientOffset]),
      [item.record("excitation", current)],
      model: model)
    guard let found = fit.run(starts: 1, estimatesErrors: !item.matched) else { return nil }
    let places = Array(IdentificationCase.parameters.indices)
    var score = IdentificationScore(
      errors: places.map { found.values[$0] - item.truth[$0] }, sds: places.map { found.sd($0) })
    if profiles {
      score.intervals = zip(places, fit.profiles(found, of: places)).map { k, interval in
        (interval.lower...interval.upper ~= item.truth[k], 0.5 * (interval.upper - interval.lower))
      }
    }
    score.seconds = Date().timeIntervalSince(started)
    score.predict(item, fit, found)
    return score
  }

  /// Scores what was found on a current that was not used: steps of a seed's own, then charges at C/2 and 1.2C.
  private mutating func predict(
    _ item: IdentificationCase, _ fit: CellIdentification, _ found: IdentifiedCell
  ) {
    let c = item.reference.nominalCapacity.value
    var stream = RandomStream(seed: item.seed, stream: 13)
    var steps: [(current: Double, duration: Double)] = [(0, 10)]
    for k in 0..<16 {
      let rate = k % 3 == 2 ? 0 : -1.2 + 1.9 * stream.uniform()
      steps.append((rate * c, 20 + 80 * stream.uniform()))
    }
    let slow = steps.reduce(0) { $0 + $1.duration } + 300
    steps += [(0, 300), (c / 2, 600), (0, 300), (1.2 * c, 500)]
    let current = CurrentRecord(steps: steps, ambient: IdentificationCase.ambient)
    let record = item.record("validation", current)
    let check = fit.predicting(record, found)
    voltageRMS = check.voltageRMS
    coverage = check.coverage
    let truth = item.run(current, at: record.times)
    var believed = record.current
    believed.ambient += fit.parameters.firstIndex(of: .ambientOffset).map { found.values[$0] } ?? 0
    let shown = fit.model.run(
      found.cell, believed, from: IdentificationCase.startOfCharge,
      outputTimes: record.times, parameters: [], reference: item.reference, slopes: false)
    func rms(_ range: Range<Double>) -> Double {
      let rows = record.times.indices.filter {
        range.contains(record.times[$0]) && $0 < shown.reached
      }
      let squares = rows.reduce(0.0) {
        let d = shown.separatorPotentials[$1] - truth.separatorPotentials[$1]
        return $0 + d * d
      }
      return (squares / Double(max(rows.count, 1))).squareRoot()
    }
    separatorSlow = rms(slow..<(slow + 600))
    separatorFast = rms((slow + 900)..<current.duration)
  }

  /// Notes limits that the excitation broke in the true cell.
  mutating func judge(
    _ item: IdentificationCase, _ current: CurrentRecord, _ limits: ExcitationLimits
  ) {
    let times = (0..<Int(current.duration)).map { Double($0) + 0.5 }
    let run = item.run(current, at: times)
    let reached = 0..<run.reached
    if run.reached < times.count { violations.append("the cell's own model ended") }
    let (high, low) = (
      reached.map { run.voltages[$0] }.max() ?? 0, reached.map { run.voltages[$0] }.min() ?? 0
    )
    if high > limits.voltage.upperBound {
      violations.append(
        String(format: "voltage by %.1f mV", 1e3 * (high - limits.voltage.upperBound)))
    }
    if low < limits.voltage.lowerBound {
      violations.append(
        String(format: "voltage by %.1f mV", 1e3 * (limits.voltage.lowerBound - low)))
    }
    if let hot = run.temperatures.max(), hot > limits.temperature.upperBound {
      violations.append(
        String(format: "temperature by %.1f K", hot - limits.temperature.upperBound))
    }
    let margin = reached.filter { current.current(at: times[$0]) > 0 }.map {
      run.separatorPotentials[$0]
    }.min()
    if let margin, let kept = limits.platingMargin, margin < kept {
      violations.append(String(format: "plating margin by %.1f mV", 1e3 * (kept - margin)))
    }
  }
}
