import Identification
import Reports

/// The page that `lockstep identify --report` writes.
struct IdentifyPage {
  let cell: String
  let fit: CellIdentification
  let found: IdentifiedCell
  let report: IdentificationReport
  /// Records that were predicted, not fitted to.
  let validation: [IdentificationRecord]

  init(
    cell: String, _ fit: CellIdentification, _ found: IdentifiedCell,
    _ report: IdentificationReport, validation: [IdentificationRecord]
  ) {
    self.cell = cell
    self.fit = fit
    self.found = found
    self.report = report
    self.validation = validation
  }

  var page: AnalysisPage {
    let checks = recordSections
    return AnalysisPage(
      kind: "identification", title: cell, outcome: outcome, facts: facts,
      sections: [estimates, combinations, verdicts] + checks.fitted + uncertainty
        + checks.validated,
      numbers: PageNumbers(report))
  }

  private var outcome: (isGood: Bool, text: String) {
    let (told, all) = (report.told.count, fit.parameters.count)
    return found.converged
      ? (told == all, "Settled; \(told) of \(all) parameters are told")
      : (false, "Had not settled after \(found.rounds) rounds")
  }

  private var facts: [(name: String, value: String)] {
    [
      ("Model", report.model),
      ("Records", fit.records.map(\.name).joined(separator: ", ")),
      ("Parameters", fit.parameters.map(\.name).joined(separator: ", ")),
      ("Starts", "\(report.startsAgreeing) of \(report.starts) agree"),
      (
        "Not fitted to",
        validation.isEmpty ? "\u{2013}" : validation.map(\.name).joined(separator: ", ")
      ),
      ("Version", "lockstep \(Lockstep.version)"),
    ]
  }
}
