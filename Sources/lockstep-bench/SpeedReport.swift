/// All that one run of the bench found.
struct SpeedReport: Codable, Sendable {
  var pybamm: String?
  /// What the fits were read from.
  var pybop: PyBOPRecord?
  /// x86-64 level this was built for.
  var level: Int
  /// Of the machine over the last minute, at start and end.
  var loads: [Double]
  var comparisons: [ComparisonRow]
  /// Beside PyBOP.
  var fits: [FitRow]
  var ratios: [OwnRatio]
  var allocations: [AllocationCount]
  /// Goals not met, one line each.
  var misses: [String]

  /// Markdown; the same for a person at a terminal.
  func page(_ goals: Thresholds) -> String {
    var lines = opening + (comparisons.isEmpty ? [] : comparisonTable(goals))
    lines += ["", "| of our own works | goal | ratio | |", "|---|---|---|---|"]
    for ratio in ratios {
      let goal =
        goals.ratioAtLeast[ratio.name].map { ">= \($0)" } ?? goals.ratioAtMost[ratio.name].map {
          "<= \($0)"
        } ?? ""
      lines.append("| \(ratio.work) | \(goal) | \(figure(ratio.value)) | \(ratio.remark) |")
    }
    lines += ["", "| allocations | repeats | count |", "|---|---|---|"]
    for count in allocations {
      lines.append("| \(count.name) | \(count.repeats) | \(count.count) |")
    }
    lines +=
      [""]
      + comparisons.compactMap { row in
        row.remark.isEmpty ? nil : "- `\(row.name)`: \(row.remark)."
      }
    return (lines + fineDistances + fitSection(goals)).joined(separator: "\n") + "\n"
  }

  private func comparisonTable(_ goals: Thresholds) -> [String] {
    [
      "| row | work | goal | ratio | Lockstep | error mV | PyBaMM | error mV |",
      "|---|---|---|---|---|---|---|---|",
    ]
      + comparisons.map { row in
        let goal = goals.timesFasterThanPybammAtLeast[row.name].map { ">= \(figure($0))x" } ?? ""
        let bound = goals.errorAtMostMillivolt[row.name].map { ", error <= \($0) mV" } ?? ""
        return "| `\(row.name)` | \(row.work)\(bound) (\(row.norm.rawValue)) | \(goal) | "
          + "\(figure(row.ratio))x | \(side(row.ours)) | \(error(row.ours, row.norm)) | "
          + "\(side(row.theirs)) | \(error(row.theirs, row.norm)) |"
      }
  }

  /// Rows that share their fine solutions on one line.
  private var fineDistances: [String] {
    var texts: [String] = []
    var rows: [String: [String]] = [:]
    for row in comparisons {
      let text =
        "\(figure(row.fineDistance.rms)) mV rms, \(figure(row.fineDistance.largest)) mV at most"
      if rows[text] == nil { texts.append(text) }
      rows[text, default: []].append("`\(row.name)`")
    }
    return texts.map {
      "- The two fine solutions of \((rows[$0] ?? []).joined(separator: ", ")) differ by \($0)."
    }
  }

  private var opening: [String] {
    let rival = pybamm.map { "PyBaMM \($0) (IDAKLU) and Lockstep" } ?? "Lockstep alone"
    return [
      "# Speed", "",
      "Written by `make bench`: \(rival), Chen2020, isothermal at 25 degC, one thread, one machine, "
        + "one run after the other;",
      "load average \(loads.map(figure).joined(separator: " to ")); built for x86-64-v\(level). "
        + "Goals and bounds: `fixtures/thresholds/speed.json`.", "",
      "- Times are medians of the thread's CPU time (wall time in brackets) after a warm-up. Both "
        + "sides are built once and solved again.",
      "- Errors are of the settings that were timed, against Lockstep's fine solution / against "
        + "PyBaMM's fine solution; a bound holds for the worse of the two, on both sides.",
      "- *At the solver's own steps*: nothing is interpolated (PyBaMM's fastest call); *every 10 s*: "
        + "the timed call also gives the voltages at those times.",
      "- PyBaMM's settings are the fastest found that keep to the bound, with meshes and "
        + "extrapolation that it ships. *Harmonic faces* add to it what it does not ship: without "
        + "it its DFN is first order in space (`fixtures/pybamm/bench/discretisation.py`).",
      "- 1.25 mV stands for the error of PyBaMM's default mesh, 1.2 mV.", "",
    ]
  }

  private func side(_ side: Contender) -> String {
    func time(_ x: Double) -> String { x < 0.1 ? figure(1e3 * x) + " us" : figure(x) + " ms" }
    return "\(time(side.timing.cpu)) (\(time(side.timing.wall))); \(side.settings)"
  }

  private func error(_ side: Contender, _ norm: ErrorNorm) -> String {
    switch norm {
    case .rms: "\(figure(side.againstOurs.rms)) / \(figure(side.againstTheirs.rms))"
    case .largest: "\(figure(side.againstOurs.largest)) / \(figure(side.againstTheirs.largest))"
    }
  }
}
