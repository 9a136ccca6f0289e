public import Journal
import Records

/// A run's page: one HTML file that needs nothing else, no network and no other file.
public struct ReportPage {
  /// The numbers shown.
  public let numbers: RunNumbers
  /// The whole file.
  public let html: String

  /// Makes the page from one state of the journal.
  ///
  /// - Parameter appendix: of a virtual bench, what only its rig knows; shown last.
  public init(_ reader: JournalReader, appendix: ReportAppendix? = nil) throws {
    (numbers, html) = try reader.read { view in
      let facts = try ReportFacts(view)
      guard facts.header != nil else {
        throw JournalError(.read, "\(reader.path): no header yet, nothing to report")
      }
      let numbers = try RunNumbers(view)
      let figures = try ReportFigures(view, numbers: numbers, facts: facts)
      let comparison = ComparisonSection.html(
        numbers.comparison, figure: try ComparisonFigure(view, numbers.comparison)?.html)
      return (numbers, Self.document(facts, numbers, comparison, figures, appendix))
    }
  }

  private static func document(
    _ facts: ReportFacts, _ numbers: RunNumbers, _ comparison: String, _ figures: ReportFigures,
    _ appendix: ReportAppendix?
  ) -> String {
    let run = Format.escaped(facts.header?.run ?? "")
    let content = """
      \(HeaderSection.title(facts))
      \(comparison)
      \(HeaderSection.html(facts))
      \(NumbersSection.html(numbers, ended: facts.ending != nil))
      \(PhaseSection.html(numbers.phases))
      \(figures.html)
      \(RecordSection.html(facts))
      \(appendix?.html ?? "")
      <footer>Current is positive when it charges the cell. Bands are estimate \u{b1} 2 standard
      deviations, model discrepancy included. Curves are thinned to the lowest and highest value of
      each interval of the picture. Every number is computed by SQL from this run\u{2019}s
      <code>journal.sqlite</code>, and stands unrounded in this page\u{2019}s JSON block.</footer>
      """
    return PageShell.document(
      title: "\(run) \u{2013} Lockstep run report", content: content,
      json: ScriptJSON.text(numbers))
  }
}
