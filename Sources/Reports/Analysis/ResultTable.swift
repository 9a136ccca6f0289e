/// A table of results. Numbers are named by their paths in the page's JSON and read from there.
public struct ResultTable: PagePart {
  /// What stands in one field.
  public enum Cell: Sendable {
    /// Words.
    case text(String)
    /// A name as it stands in files.
    case code(String)
    /// The number at a path times a scale, with so many significant digits.
    case number([String], scale: Double = 1, digits: Int = 4)
    /// The two numbers of the list at a path.
    case interval([String], scale: Double = 1, digits: Int = 4)
    /// How many of how many: two numbers.
    case share(of: [String], in: [String])
  }

  /// Of the columns.
  public var heads: [String]
  /// As many cells in each as there are heads.
  public var rows: [[Cell]]

  /// A table from its parts.
  public init(_ heads: [String], _ rows: [[Cell]]) {
    (self.heads, self.rows) = (heads, rows)
  }

  /// The markup; numbers are read from `numbers`.
  public func html(_ numbers: PageNumbers) -> String {
    let head = heads.map { "<th scope=\"col\">\(Format.escaped($0))</th>" }.joined()
    let body = rows.map { row in
      "<tr>" + row.map { "<td>\(Self.field($0, numbers))</td>" }.joined() + "</tr>"
    }
    return """
      <div class="scroll"><table class="results"><thead><tr>\(head)</tr></thead>
      <tbody>\(body.joined(separator: "\n"))</tbody></table></div>

      """
  }

  private static func field(_ cell: Cell, _ numbers: PageNumbers) -> String {
    switch cell {
    case .text(let text): return Format.escaped(text)
    case .code(let name): return "<code>\(Format.escaped(name))</code>"
    case .number(let path, let scale, let digits):
      return numbers.element(path, scale: scale, digits: digits)
    case .interval(let path, let scale, let digits):
      guard numbers.number(path + ["0"]) != nil else { return "\u{2013}" }
      return ["0", "1"].map { numbers.element(path + [$0], scale: scale, digits: digits) }
        .joined(separator: " to ")
    case .share(let some, let all):
      return [some, all].map { numbers.element($0, scale: 1, digits: 6) }.joined(separator: " of ")
    }
  }
}
