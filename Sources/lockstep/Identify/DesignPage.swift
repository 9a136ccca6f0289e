import Excitation
import Foundation
import Reports

/// The page that `lockstep design --report` writes.
struct DesignPage {
  /// Cell or asset.
  let subject: String
  /// The protocol's file.
  let out: String
  let problem: DesignProblem
  let result: DesignResult
  let report: DesignReport

  init(
    subject: String, out: String, _ problem: DesignProblem, _ result: DesignResult,
    _ report: DesignReport
  ) {
    self.subject = subject
    self.out = out
    self.problem = problem
    self.result = result
    self.report = report
  }

  var page: AnalysisPage {
    AnalysisPage(
      kind: "excitation design", title: subject, outcome: outcome, facts: facts,
      sections: [
        PageSection(
          "What it does",
          lead:
            "As predicted of the cell as it is believed to be. Limits are kept with "
            + "\(IdentificationReport.number(problem.safety)) standard deviations to spare, the plating margin while the cell charges.",
          [figure, extremes]),
        comparison, steps,
      ], numbers: PageNumbers(report))
  }

  private var outcome: (isGood: Bool, text: String) {
    result.evaluation.isFeasible
      ? (true, "Every limit is kept; nearest comes the \(result.evaluation.tightest)")
      : (false, "Not kept: the limit of \(result.evaluation.tightest)")
  }

  private var facts: [(name: String, value: String)] {
    let limits = problem.limits
    func celsius(_ kelvin: Double) -> String { String(format: "%.0f", kelvin - 273.15) }
    return [
      ("Criterion", report.criterion), ("Protocol", out),
      ("Duration", String(format: "%.0f min", report.durationSecond / 60)),
      ("Grown from", "\(report.grownFrom), \(report.evaluations) plans judged"),
      ("State of charge", String(format: "%.0f %% at the start", 100 * problem.stateOfCharge)),
      ("Ambient", "\(celsius(problem.ambient)) \u{b0}C"),
      (
        "Limits",
        String(
          format: "%g to %g V, %.3g to %.3g A, ", limits.voltage.lowerBound,
          limits.voltage.upperBound, limits.current.lowerBound, limits.current.upperBound)
          + "\(celsius(limits.temperature.lowerBound)) to \(celsius(limits.temperature.upperBound)) \u{b0}C"
      ),
      ("Version", "lockstep \(Lockstep.version)"),
    ]
  }
}
