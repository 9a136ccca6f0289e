import Foundation
import Validation

/// The figures of a charging study as Markdown.
struct ChargingPage {
  private let scores: [ChargingScore]
  private var lines: [String] = []

  init(_ scores: [ChargingScore]) { self.scores = scores }

  var text: String { lines.joined(separator: "\n") + "\n" }

  mutating func write() {
    head()
    table()
    goals()
    margins()
    optimism()
    violations()
    speed()
  }

  private mutating func head() {
    let seeds = "\(scores.first?.seed ?? 0) to \(scores.last?.seed ?? 0)"
    lines += [
      "# Charging by the twin, beside CC-CV and the truth", "",
      "Written by `make studies` (`lockstep charging-study`), seeds \(seeds); chen2020. Plant: a DFN on another mesh and a",
      "fifth of the twin's step, seven parameters off by 20 % (log-normal), each open-circuit potential by 5 mV, voltage",
      "noise 2 mV, current 0.2 % and 2 mA, thermometer 0.3 K, ambient reading off 3 K. Twin: unscented filter of a DFN,",
      "told a charge that is 10 % wrong. It follows an hour of pulses at 25 degC, a discharge at C/3 to 10 % and two hours",
      "of rest in which the air goes to 10 degC, then charges to an estimated 80 %: 6 A at most, 4.2 V, 45 degC, estimate",
      "- 2 sd of the negative potential at the separator at or above 10 mV. A DFN is not a real cell, and no plating margin",
      "has been validated on a real charge.", "",
      "- *Best CC-CV*: the fastest over (I, V) from 0.5 to 6 A and 3.7 to 4.2 V on the true cell, from the same state, to the",
      "  true charge at which the twin stopped, whose lowest true potential is at least the lowest that the twin's charge",
      "  had: equal true margin. It knows the true cell; found with the solver's own steps, then run second by second.",
      "- *CC-CV at 4.2 V*: the fastest such with V = 4.2. *At 10 mV*: the best one when it need not keep more than the",
      "  10 mV that the twin was told.",
      "- *Riding the truth*: each second the largest current that keeps the true potential, less 2 sd as the twin had them",
      "  at that charge, at or above 10 mV, and the true voltage and temperature within the same limits. *Deciding*: the",
      "  part that is left when it is given the twin's errors, too; what the estimate's error costs (or gains) is the rest.",
      "- *Held*: true potential at or above 10 mV in 99 % of the charge's seconds (beginning and end), and never below 0.",
      "- *Optimistic*: share of seconds after which the estimate of the potential is more than 5 mV above the truth.",
      "",
    ]
  }

  private static let columns =
    "| seed | ride min | best CC-CV min | its I A, V | at 4.2 V min | at 10 mV min | sooner % | than at 10 mV % "
    + "| slower than riding the truth % | deciding % | lowest true mV | held | optimistic % | largest SOC error % |"

  private mutating func table() {
    lines += [Self.columns, "|" + String(repeating: "---|", count: 14)]
    lines += scores.map(Self.row)
    lines.append(
      String(
        format:
          "| median | %.1f | %.1f | | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | | %.1f | %.2f |",
        median { Double($0.trace.seconds) / 60 }, median { ($0.best?.duration ?? .nan) / 60 },
        median { ($0.fixed?.duration ?? .nan) / 60 }, median { ($0.tight?.duration ?? .nan) / 60 },
        median { 100 * $0.gain }, median { 100 * $0.tightGain }, median { 100 * $0.slower },
        Self.plain(median { 100 * $0.deciding }), median { 1e3 * $0.trace.truth.lowestPotential },
        median { 100 * $0.trace.optimisticShare }, median { 100 * $0.trace.stateOfChargeError }))
    lines.append("")
  }

  /// One cell's line.
  static func row(_ score: ChargingScore) -> String {
    let trace = score.trace
    let rival = score.best.map {
      String(format: "%.2f, %.3f", $0.found.current, $0.found.voltage)
    }
    return String(
      format:
        "| %d | %@ | %@ | %@ | %@ | %@ | %.1f | %.1f | %.1f | %.1f | %.1f | %@ | %.1f | %.2f |",
      Int(score.seed),
      trace.reached ? minutes(Double(trace.seconds)) : "not reached",
      minutes(score.best?.duration), rival ?? "none", minutes(score.fixed?.duration),
      minutes(score.tight?.duration), 100 * score.gain, 100 * score.tightGain, 100 * score.slower,
      plain(100 * score.deciding), 1e3 * trace.truth.lowestPotential,
      trace.isHeld ? "yes" : "**no**", 100 * trace.optimisticShare, 100 * trace.stateOfChargeError)
  }

  private mutating func goals() {
    let n = scores.count
    let optimistic =
      Double(scores.reduce(0) { $0 + $1.trace.optimistic })
      / Double(max(1, scores.reduce(0) { $0 + $1.trace.seconds }))
    let seconds = scores.reduce(0) { $0 + $1.trace.seconds }
    let below = scores.reduce(0) { $0 + $1.trace.below }
    lines += [
      "| goal | reached |", "|---|---|",
      "| >= 25 % sooner than the best CC-CV, in 18 of 20 seeds | in \(scores.count { $0.gain >= 0.25 }) of \(n) |",
      "| the same beside the best CC-CV at 10 mV (no goal) | in \(scores.count { $0.tightGain >= 0.25 }) of \(n) |",
      "| <= 3 % slower than riding the truth | in \(scores.count { $0.slower <= 0.03 }) of \(n) |",
      "| the part that is deciding (no goal) <= 3 % | in \(scores.count { $0.deciding <= 0.03 }) of \(n) |",
      "| margin held | in \(scores.count(where: \.trace.isHeld)) of \(n); \(below) of \(seconds) seconds below 10 mV |",
      String(
        format:
          "| optimistic by more than 5 mV in <= 1 %% of instants | %.1f %% of all, in %d of %d seeds |",
        100 * optimistic, scores.count { $0.trace.optimisticShare <= 0.01 }, n),
      "",
      String(
        format: "Highest true voltage %.4f V, temperature %.1f degC.",
        scores.map(\.trace.truth.highestVoltage).max() ?? .nan,
        (scores.map(\.trace.truth.highestTemperature).max() ?? .nan) - 273.15),
      String(
        format:
          "The best CC-CV, run second by second, has a lowest true potential of %.2f to %.2f mV more than the twin's.",
        1e3 * (rivalMargins.min() ?? .nan), 1e3 * (rivalMargins.max() ?? .nan)),
    ]
    lines += slowOnes
    lines += [
      "Filters restarted \(scores.reduce(0) { $0 + $1.restarts }) times, named \(scores.reduce(0) { $0 + $1.faults }) sensor "
        + "faults that are not there; decisions missing: \(scores.reduce(0) { $0 + $1.trace.undecided }) seconds.",
      "Samples that a twin could not take in: \(scores.reduce(0) { $0 + $1.failures }) of "
        + "\(Int(scores.reduce(0) { $0 + $1.followed }) + seconds)"
        + failures + ".",
      "Seconds by what they rode: " + bindings + ".", "",
    ]
  }

  /// What those that fall behind the truth's ride have in common.
  private var slowOnes: [String] {
    let slow = scores.filter { $0.slower > 0.03 }
    let errors = slow.map { 1e3 * $0.trace.meanError }
    guard let low = errors.min(), let high = errors.max() else { return [] }
    return [
      String(
        format:
          "Those slower than riding the truth by more than 3 %%: estimate of the potential off by %.1f to "
          + "%.1f mV in the mean, too low in %d of %d.",
        low, high, errors.count { $0 < 0 }, errors.count)
    ]
  }

  private var rivalMargins: [Double] {
    scores.compactMap { score in
      score.best.map { $0.charge.lowestPotential - score.trace.truth.lowestPotential }
    }
  }

  private var failures: String {
    scores.compactMap { score in
      score.firstFailure.map { " (seed \(score.seed): \(score.failures), first at \($0))" }
    }.joined()
  }

  private var bindings: String {
    let all = scores.reduce(into: [String: Int]()) { sum, score in
      sum.merge(score.trace.bindings, uniquingKeysWith: +)
    }
    return all.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }
      .joined(separator: ", ")
  }

  /// To a tenth, without the sign of a zero.
  private static func plain(_ value: Double) -> Double { (10 * value).rounded() / 10 + 0 }

  static func minutes(_ seconds: Double?) -> String {
    guard let seconds, seconds.isFinite else { return "-" }
    return String(format: "%.1f", seconds / 60)
  }

  func median(_ value: (ChargingScore) -> Double) -> Double { Self.median(scores.map(value)) }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.filter(\.isFinite).sorted()
    guard !sorted.isEmpty else { return .nan }
    return 0.5 * (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2])
  }

  private mutating func margins() {
    let chosen = scores.filter { !$0.others.isEmpty }
    guard let first = chosen.first else { return }
    lines += [
      "## Time against margin", "",
      "The same cells and twins, from copies of the same state: seeds "
        + chosen.map { "\($0.seed)" }.joined(separator: ", ") + "; medians.", "",
      "| margin mV | ride min | best CC-CV min | sooner % | lowest true mV, worst | held | below the margin % |",
      "|---|---|---|---|---|---|---|",
    ]
    let own = first.trace.margin
    for margin in ([own] + first.others.map(\.trace.margin)).sorted() {
      let all = chosen.compactMap { score -> (trace: ChargingTrace, rival: Double)? in
        if margin == own { return (score.trace, score.best?.duration ?? .nan) }
        return score.others.first { $0.trace.margin == margin }.map {
          ($0.trace, $0.best?.duration ?? .nan)
        }
      }
      let below = all.reduce(0) { $0 + $1.trace.below }
      lines.append(
        String(
          format: "| %.0f | %.1f | %.1f | %.1f | %.1f | %d of %d | %.1f |", 1e3 * margin,
          Self.median(all.map { Double($0.trace.seconds) / 60 }),
          Self.median(all.map { $0.rival / 60 }),
          Self.median(all.map { 100 * (1 - Double($0.trace.seconds) / $0.rival) }),
          1e3 * (all.map(\.trace.truth.lowestPotential).min() ?? .nan),
          all.count(where: \.trace.isHeld), all.count,
          100 * Double(below) / Double(max(1, all.reduce(0) { $0 + $1.trace.seconds }))))
    }
    lines.append("")
  }

  private mutating func optimism() {
    lines += [
      "## Could a charge be optimistic, and by how much", "",
      "Error of the potential: estimate less truth, positive is optimistic. The offset of the negative open-circuit",
      "potential moves it one to one; the cell's voltage hardly tells it from the positive electrode's. *Left of the",
      "offset*: the twin's own after the charge, less the true one.", "",
      "| seed | offset drawn mV | left of it mV | potential error mean mV | rms mV | largest mV | largest in sd "
        + "| sd of the decisions mV |",
      "|---|---|---|---|---|---|---|---|",
    ]
    for score in scores {
      let trace = score.trace
      lines.append(
        String(
          format: "| %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.2f | %.1f to %.1f |",
          Int(score.seed), 1e3 * score.negativeOffset, 1e3 * trace.negativeOffsetError,
          1e3 * trace.meanError, 1e3 * trace.rootError, 1e3 * trace.highestError,
          trace.highestScore, 1e3 * (trace.decisions.map(\.sd).min() ?? .nan),
          1e3 * (trace.decisions.map(\.sd).max() ?? .nan)))
    }
    let rest = scores.map { $0.trace.meanError - $0.trace.negativeOffsetError }
    lines += [
      "",
      String(
        format:
          "Mean errors are %.1f mV rms over the cells; without what is left of the offset %.1f mV. The largest "
          + "optimism of all was %.1f mV, %.2f sd; a back-off of 2 sd covers 2.",
        1e3 * Self.root(scores.map(\.trace.meanError)), 1e3 * Self.root(rest),
        1e3 * (scores.map(\.trace.highestError).max() ?? .nan),
        scores.map(\.trace.highestScore).max() ?? .nan),
      "",
    ]
  }

  private static func root(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(max(1, values.count))).squareRoot()
  }

  private mutating func violations() {
    lines += ["## Every violation", ""]
    let all = scores.flatMap { score in
      (score.trace.violations + score.others.flatMap(\.trace.violations)).isEmpty
        ? [] : [(score, [score.trace] + score.others.map(\.trace))]
    }
    for (score, traces) in all {
      for trace in traces {
        lines += trace.violations.map {
          String(format: "- seed %d, margin %.0f mV: ", Int(score.seed), 1e3 * trace.margin)
            + $0.text
        }
      }
    }
    if all.isEmpty { lines.append("None.") }
    lines.append("")
  }

  private mutating func speed() {
    let hours = scores.reduce(0) { $0 + $1.followed } / 3600
    let charges = scores.flatMap { [$0.trace] + $0.others.map(\.trace) }
    let charged = Double(charges.reduce(0) { $0 + $1.seconds }) / 3600
    lines += [
      "## Speed", "",
      String(
        format:
          "The twin takes %.1f s of processor time to follow an hour, and %.1f s to follow and charge for an hour.",
        scores.reduce(0) { $0 + $1.spent } / hours,
        charges.reduce(0) { $0 + $1.spent } / charged), "",
      "Decisions, all charges: ride " + Self.times(charges.flatMap(\.decisionTimes)) + ".",
    ]
    let horizons = scores.compactMap { score in score.horizon.map { (score.trace, $0) } }
    guard !horizons.isEmpty else { return }
    lines += [
      "By `mpc`, eight intervals, where a kelvin above 25 degC costs a tenth of the time: "
        + Self.times(horizons.flatMap(\.1.decisionTimes)) + "; goal p99 <= 20 ms.",
      "",
      "| cells | policy | min | hottest true degC | lowest true mV | held |",
      "|---|---|---|---|---|---|",
      Self.policy("ride", horizons.map(\.0)), Self.policy("mpc", horizons.map(\.1)),
    ]
  }

  /// Median, 99th percentile and largest, ms.
  private static func times(_ seconds: [Double]) -> String {
    let sorted = seconds.sorted()
    guard let last = sorted.last else { return "none" }
    return String(
      format: "median %.2f ms, p99 %.2f ms, largest %.1f ms of processor time (%d)",
      1e3 * sorted[sorted.count / 2], 1e3 * sorted[sorted.count * 99 / 100], 1e3 * last,
      sorted.count)
  }

  private static func policy(_ name: String, _ traces: [ChargingTrace]) -> String {
    String(
      format: "| %d | %@ | %.1f | %.1f | %.1f | %d of %d |", traces.count, name,
      median(traces.map { Double($0.seconds) / 60 }),
      (traces.map(\.truth.highestTemperature).max() ?? .nan) - 273.15,
      1e3 * (traces.map(\.truth.lowestPotential).min() ?? .nan), traces.count(where: \.isHeld),
      traces.count)
  }
}
