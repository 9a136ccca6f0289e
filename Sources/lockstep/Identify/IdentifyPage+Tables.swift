import Identification
import Reports

extension IdentifyPage {
  var estimates: PageSection {
    let rows = report.told.map { k -> [ResultTable.Cell] in
      let name = fit.parameters[k].name
      let path = ["estimates", name]
      let estimate = report.estimates[name]
      return [
        .code(name), .number(path + ["value"]), .text(estimate?.unit ?? ""),
        .interval(path + ["value_interval95"]), .number(path + ["factor"]),
        .interval(path + ["factor_interval95"]),
      ] + (report.walks == nil ? [] : [.interval(["draws", "intervals95", name])]) + [
        .text(estimate?.isOpen == true ? "ends where the fit may go" : "told by the data")
      ]
    }
    let heads =
      [
        "Parameter", "Estimate", "Unit", "95 % interval", "Factor on the file", "95 % interval",
      ] + (report.walks == nil ? [] : ["95 % of the draws"]) + ["Its ends"]
    return PageSection(
      "Estimates",
      lead:
        "Most likely values given the records and what is usual for such a cell; intervals by profiles."
        + (report.walks.map { " " + $0.text.joined(separator: "; ") + "." } ?? ""),
      [ResultTable(heads, rows)])
  }

  /// What is not told, and what would tell it.
  var combinations: PageSection {
    guard !report.combinations.isEmpty else {
      return PageSection("What is not told", lead: "Nothing: every parameter is told.", [])
    }
    var rows: [[ResultTable.Cell]] = []
    for (k, combination) in report.combinations.enumerated() {
      let path = ["combinations", "\(k)"]
      rows.append([
        .code(combination.product),
        .text(
          combination.kind == "structural" ? "by no experiment of this model" : "not by this data"),
        .text("as they are"), .number(path + ["ln_sd"], scale: 100, digits: 3),
      ])
      for (i, remedy) in combination.wouldSeparate.enumerated() {
        rows.append([
          .text(""), .text(""), .text("with: \(remedy.what)"),
          .number(path + ["would_separate", "\(i)", "ln_sd"], scale: 100, digits: 3),
        ])
      }
    }
    return PageSection(
      "What is not told",
      lead:
        "Multiplying each parameter of a row by one factor to its exponent changes next to nothing; none gets a "
        + "number of its own.",
      [ResultTable(["Combination", "Told", "Records", "Known to / %"], rows)])
  }

  var verdicts: PageSection {
    var rows: [[ResultTable.Cell]] = []
    for (list, checks, use) in [
      ("fitted", report.fitted, "fitted to"), ("validation", report.validated, "predicted"),
    ] {
      for (k, check) in checks.enumerated() {
        let path = [list, "\(k)"]
        let hasErrors = list == "fitted"
        rows.append([
          .code(check.record), .text(use),
          .number(path + ["voltage_rmse_millivolt"], digits: 3),
          check.startFittedRMSE == nil
            ? .text("\u{2013}")
            : .number(path + ["start_fitted_voltage_rmse_millivolt"], digits: 3),
          .number(path + ["coverage95"], scale: 100, digits: 3),
          .share(of: path + ["features_outside"], in: path + ["features"]),
          .share(of: path + ["reached_rows"], in: path + ["rows"]),
          hasErrors
            ? .number(["voltage_noise_sd_millivolt", "\(k)"], digits: 3) : .text("\u{2013}"),
          hasErrors
            ? .number(["voltage_discrepancy_sd_millivolt", "\(k)"], digits: 3) : .text("\u{2013}"),
          hasErrors ? .number(["charge_sd_percent", "\(k)"], digits: 3) : .text("\u{2013}"),
          check.separatorRMSE == nil
            ? .text("\u{2013}") : .number(path + ["negative_potential_rmse_millivolt"], digits: 3),
          .text(check.verdict),
        ])
      }
    }
    let heads = [
      "Record", "Use", "rms / mV", "With its start fitted / mV", "By / % of charge",
      "In 95 % band / %",
      "Features outside", "Rows reached",
      "Noise / mV", "Discrepancy / mV", "Charge / %", "Negative electrode / mV", "Verdict",
    ]
    let chosen = report.choice.map { choice in
      "Fitted to for what they tell, with the mean ln of the sds that each saves: "
        + choice.map { "\($0.record) (\(IdentificationReport.number($0.gain)))" }.joined(
          separator: ", ") + "."
    }
    return PageSection("Verdicts", lead: chosen ?? "", [ResultTable(heads, rows)])
  }
}

extension IdentificationReport.Combination {
  /// As in `a^1 b^-0.5`.
  fileprivate var product: String {
    exponents.sorted { ($0.value.magnitude, $1.key) > ($1.value.magnitude, $0.key) }.map {
      exponents.count == 1 ? $0.key : "\($0.key)^\(IdentificationReport.number($0.value))"
    }.joined(separator: " \u{b7} ")
  }
}
