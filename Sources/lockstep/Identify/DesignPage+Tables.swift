import Excitation
import Foundation
import Identification
import Reports

extension DesignPage {
  /// How near the limits come.
  var extremes: ResultTable {
    let limits = problem.limits
    let rows: [[ResultTable.Cell]] = [
      [
        .text("Highest voltage with its band"), .number(["voltage_most_with_band_volt"]),
        .text("V"), .text(String(format: "%g", limits.voltage.upperBound)),
      ],
      [
        .text("Lowest voltage with its band"), .number(["voltage_least_with_band_volt"]),
        .text("V"), .text(String(format: "%g", limits.voltage.lowerBound)),
      ],
      [
        .text("Highest temperature"), .number(["temperature_most_celsius"]), .text("\u{b0}C"),
        .text(String(format: "%g", limits.temperature.upperBound - 273.15)),
      ],
      [
        .text("Lowest separator potential"),
        .number(["negative_potential_at_separator_least_volt"], scale: 1e3), .text("mV"),
        .text(limits.platingMargin.map { String(format: "%g", 1e3 * $0) } ?? "\u{2013}"),
      ],
      [
        .text("SPMe and DFN differ by, rms"),
        .number(["model_disagreement_rms_millivolt"], digits: 3),
        .text("mV"), .text("\u{2013}"),
      ],
    ]
    return ResultTable(["What", "Predicted", "Unit", "Limit"], rows)
  }

  /// Beside other excitations of equal time within the same limits.
  var comparison: PageSection {
    let names = problem.parameters.map(\.name)
    let others = result.comparisons
    let groups = names.indices.map { k in
      LogBars.Group(names[k], ([result.sds] + others.map(\.sds)).map { 100 * $0[k] })
    }
    let paths = [["design"]] + others.map { ["comparisons", $0.name] }
    let rows = zip(["this design"] + others.map(\.name), paths).map { name, path in
      [ResultTable.Cell.text(name)]
        + names.map { .number(path + ["ln_sd", $0], scale: 100, digits: 3) } + [
          .number(path + ["rms_ln_sd"], scale: 100, digits: 3),
          .number(path + ["geometric_mean_ln_sd"], scale: 100, digits: 3),
          .number(path + ["scale"], digits: 3),
        ]
    }
    let heads = ["Excitation"] + names + ["rms", "Geometric mean", "Currents left, share"]
    return PageSection(
      "What it will tell",
      lead:
        "Predicted standard deviations of ln of the factors, %, beside other excitations of equal time within "
        + "the same limits; those had their currents made smaller until they kept them.",
      [
        LogBars(
          rows: ["this design"] + others.map(\.name), groups,
          axis: "standard deviation / % (logarithmic)"),
        ResultTable(heads, rows),
      ])
  }

  var steps: PageSection {
    var start = 0.0
    let rows = zip(report.steps, result.plan.segments).enumerated().map {
      k, step -> [ResultTable.Cell] in
      defer { start += step.1.duration }
      return [
        .text("\(k + 1)"), .text(String(format: "%.0f", start)), .text(step.0),
        .text(report.reasons[k] ?? ""),
      ]
    }
    return PageSection(
      "Steps", [ResultTable(["#", "From / s", "Step", "Why it is there"], rows)])
  }
}
