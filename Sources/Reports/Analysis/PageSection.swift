/// A stretch of an analysis page under one heading.
public struct PageSection: Sendable {
  /// The heading.
  public var title: String
  /// How to read what follows; may be empty.
  public var lead: String
  /// In order.
  public var parts: [any PagePart]

  /// A section from its parts.
  public init(_ title: String, lead: String = "", _ parts: [any PagePart]) {
    (self.title, self.lead, self.parts) = (title, lead, parts)
  }

  func html(_ numbers: PageNumbers) -> String {
    let words = lead.isEmpty ? "" : "<p class=\"lead\">\(Format.escaped(lead))</p>\n"
    return "<section><h2>\(Format.escaped(title))</h2>\n\(words)"
      + parts.map { $0.html(numbers) }.joined() + "</section>\n"
  }
}
