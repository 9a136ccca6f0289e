import Foundation
import Journal

/// The page's pictures: the whole run, the closed-loop charge larger, and the timing.
struct ReportFigures {
  let html: String

  init(_ view: JournalView, numbers: RunNumbers, facts: ReportFacts) throws {
    var html = ""
    let margin = PlatingMargin.find(facts.inputs)
    let panels = Panel.standard(margin: margin)
    let extent = try view.one("SELECT min(test_time_second), max(test_time_second) FROM samples") {
      ($0.double(0), $0.double(1))
    }
    guard case (let start?, let end?)? = extent else {
      self.html = "<section><p>No sample on record.</p></section>"
      return
    }
    let charge = try view.one(ReportSQL.closedLoopExtent) { ($0.double(0), $0.double(1)) }
    if case (let from?, let to?)? = charge, to > from {
      html += Self.section(
        "The closed-loop charge",
        Self.shares(numbers)
          + Figure(id: "charge", trace: try Trace(view, range: from...to), panels: panels).html())
    }
    let marks = numbers.phases.map { ($0.startSecond, "\($0.phase + 1)") }
    let whole = Figure(
      id: "run", trace: try Trace(view, range: start...max(start, end)), panels: panels,
      marks: marks)
    html += Self.section("The whole run", whole.html())
    let histogram = try Histogram(view)
    if let svg = histogram.svg(
      p50: numbers.scanTimeP50Millisecond, p99: numbers.scanTimeP99Millisecond)
    {
      html += Self.section("Timing", svg)
    }
    self.html = html
  }

  private static func section(_ title: String, _ body: String) -> String {
    "<section><h2>\(title)</h2>\n\(body)</section>\n"
  }

  /// One bar: which limit held the charge back, for how much of it.
  private static func shares(_ numbers: RunNumbers) -> String {
    let present = BindingName.order.filter { (numbers.bindingShares[$0] ?? 0) > 0 }
    guard !present.isEmpty else { return "" }
    var bar = ""
    var x = 0.0
    for binding in present {
      let width = 960 * (numbers.bindingShares[binding] ?? 0)
      bar += SVG.bar(
        "fill b-\(binding)", x: x, y: 0, width: width, height: 14,
        title: BindingName.shown(binding))
      x += width
    }
    let legend = present.map { binding in
      let share = numbers.bindingShares[binding]
      let shown = Format.number(share.map { 100 * $0 }, 1)
      return "<li><i class=\"swatch b-\(binding)\"></i>\(BindingName.shown(binding)) "
        + NumbersSection.data("binding_shares.\(binding)", share, "\(shown)\u{202f}%") + "</li>"
    }.joined()
    return """
      <p class="lead">What limited the current, by share of the control periods:</p>
      <svg class="shares" viewBox="0 0 960 14" preserveAspectRatio="none" role="img" \
      aria-label="Share of each limit">\(bar)</svg>
      <ul class="legend">\(legend)</ul>

      """
  }
}
