/// All that one run of the bench found.
struct SpeedReport: Codable, Sendable {
  var pybamm: String?
  /// x86-64 level this was built for.
  var level: Int
  /// Of the machine over the last minute, at start and end.
  var loads: [Double]
  var comparisons: [ComparisonRow]
  var ratios: [OwnRatio]
  var allocations: [AllocationCount]
  /// Goals not met, one line each.
  var misses: [String]

  /// Markdown; the same for a person at a terminal.
  func page(_ goals: Thresholds) -> String {
    var lines = opening
    lines += [
      "| work | goal | ratio | Lockstep | error mV | PyBaMM | error mV |",
      "|---|---|---|---|---|---|---|",
    ]
    for row in comparisons {
      let goal = goals.timesFasterThanPybammAtLeast[row.name].map { ">= \(figure($0))x" } ?? ""
      let bound = goals.errorAtMostMillivolt[row.name].map { ", error <= \($0) mV" } ?? ""
      lines.append(
        "| \(row.work)\(bound) (\(row.norm.rawValue)) | \(goal) | \(figure(row.ratio))x | "
          + "\(side(row.ours)) | \(error(row.ours, row.norm)) | \(side(row.theirs)) | "
          + "\(error(row.theirs, row.norm)) |")
    }
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
    lines += comparisons.map { row in
      "- `\(row.name)`: the two fine solutions differ by \(figure(row.fineDistance.rms)) mV rms, "
        + "\(figure(row.fineDistance.largest)) mV at most."
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var opening: [String] {
    [
      "# Speed", "",
      "Written by `make bench`: PyBaMM \(pybamm ?? "absent") (IDAKLU) and Lockstep, Chen2020, one "
        + "thread, one run, one machine; load average \(loads.map(figure).joined(separator: " to ")).",
      "Times are medians of CPU time (wall time in brackets) after a warm-up. Both sides are built "
        + "once and solved again, and both",
      "give the voltages that their errors are computed from. An error is given against Lockstep's "
        + "fine solution / against PyBaMM's; the",
      "bound holds for the worse of the two, on both sides. PyBaMM's settings are the fastest found "
        + "that keep to the bound; \"harmonic faces\"",
      "is an addition to PyBaMM without which its DFN is first order in space "
        + "(`fixtures/pybamm/bench/discretisation.py`). Built for x86-64-v\(level).", "",
    ]
  }

  private func side(_ side: Contender) -> String {
    "\(figure(side.timing.cpu)) ms (\(figure(side.timing.wall))); \(side.settings)"
  }

  private func error(_ side: Contender, _ norm: ErrorNorm) -> String {
    switch norm {
    case .rms: "\(figure(side.againstOurs.rms)) / \(figure(side.againstTheirs.rms))"
    case .largest: "\(figure(side.againstOurs.largest)) / \(figure(side.againstTheirs.largest))"
    }
  }
}
