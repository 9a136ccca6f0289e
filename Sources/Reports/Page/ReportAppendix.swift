/// What only a virtual bench has: the truth. It stands last, and says what it is.
public struct ReportAppendix: Sendable {
  let html: String

  /// - Parameters:
  ///   - heads: of the table.
  ///   - rows: as many fields in each.
  ///   - sentences: under it.
  public init(heads: [String], rows: [[String]], sentences: [String]) {
    func row(_ fields: [String], _ tag: String) -> String {
      "<tr>" + fields.map { "<\(tag)>\(Format.escaped($0))</\(tag)>" }.joined() + "</tr>"
    }
    html = """
      <section class="appendix"><h2>Appendix: the truth, which exists only on the rig</h2>
      <p class="lead">A virtual bench simulates its cell, and so knows what no instrument can measure. Neither the \
      controller nor the pages above have seen any of it.</p>
      <div class="scroll"><table class="results"><thead>\(row(heads, "th"))</thead>
      <tbody>\(rows.map { row($0, "td") }.joined(separator: "\n"))</tbody></table></div>
      \(sentences.map { "<p>\(Format.escaped($0))</p>" }.joined(separator: "\n"))
      </section>
      """
  }
}
