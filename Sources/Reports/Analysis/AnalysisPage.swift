/// The page of an identification or a design: one HTML file that needs nothing else.
public struct AnalysisPage: Sendable {
  /// Above the title, as in `identification`.
  public var kind: String
  /// What was analysed.
  public var title: String
  /// In one sentence, and whether it is good news.
  public var outcome: (isGood: Bool, text: String)
  /// What it was made with: name and value.
  public var facts: [(name: String, value: String)]
  /// In order.
  public var sections: [PageSection]
  /// What its tables show.
  public var numbers: PageNumbers

  /// A page from its parts.
  public init(
    kind: String, title: String, outcome: (isGood: Bool, text: String),
    facts: [(name: String, value: String)], sections: [PageSection], numbers: PageNumbers
  ) {
    self.kind = kind
    self.title = title
    self.outcome = outcome
    self.facts = facts
    self.sections = sections
    self.numbers = numbers
  }

  /// The whole file.
  public var html: String {
    PageShell.document(
      title: "\(Format.escaped(title)) \u{2013} Lockstep \(Format.escaped(kind))",
      content: header + sections.map { $0.html(numbers) }.joined() + Self.footer,
      json: numbers.json, style: AnalysisStyle.css)
  }

  private var header: String {
    let list = facts.map {
      "<dt>\(Format.escaped($0.name))</dt><dd>\(Format.escaped($0.value))</dd>"
    }
    return """
      <header>
      <p class="eyebrow">Lockstep \u{b7} \(Format.escaped(kind))</p>
      <h1>\(Format.escaped(title))</h1>
      <p class="outcome \(outcome.isGood ? "good" : "bad")">\(Format.escaped(outcome.text))</p>
      <dl class="facts">\(list.joined())</dl>
      </header>

      """
  }

  private static let footer = """
    <footer>Current is positive when it charges the cell. Curves over time are thinned to the lowest and highest
    value of each interval of the picture. Every number in a table stands unrounded in this page\u{2019}s JSON
    block.</footer>
    """
}
