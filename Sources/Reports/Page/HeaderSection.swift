import Journal
import Records

/// Name and outcome; and what the run was made with.
enum HeaderSection {
  static func title(_ facts: ReportFacts) -> String {
    guard let header = facts.header else { return "" }
    let outcome = facts.outcome
    let override = header.researchOverride.map {
      "<p class=\"override\"><strong>Research override</strong> \(Format.escaped($0))</p>"
    }
    return """
      <header>
      <p class="eyebrow">Lockstep \u{b7} run report</p>
      <h1>\(Format.escaped(header.run))</h1>
      <p class="outcome \(outcome.isGood ? "good" : "bad")">\(Format.escaped(outcome.text))</p>
      \(override ?? "")
      </header>
      """
  }

  static func html(_ facts: ReportFacts) -> String {
    guard let header = facts.header else { return "" }
    let cells = facts.inputs.filter { $0.role == "cell" || $0.role == "limits" }.map(\.name)
    let campaigns = facts.inputs.filter { $0.role == "campaign" || $0.role == "protocol" }
    let versions =
      ["lockstep \(header.version)"]
      + header.versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let pace =
      header.pace == "stepped" ? "stepped (the virtual bench\u{2019}s clock)" : header.pace
    let rows: [(String, String)] = [
      ("Asset", header.asset), ("Bench", header.bench),
      ("Cell and limits", list(cells)), ("Campaign and protocols", list(campaigns.map(\.name))),
      ("Started", Format.instant(header.unixStart)),
      ("Pace", pace),
      (
        "Scan, control",
        "\(Format.number(header.scanPeriod, 3)) s, \(Format.number(header.controlPeriod, 3)) s"
      ),
      ("Seed of a virtual bench", "unknown to the controller; only the rig knows it"),
      ("Versions", versions.joined(separator: " \u{b7} ")),
    ]
    let list = rows.map { "<dt>\($0.0)</dt><dd>\(Format.escaped($0.1))</dd>" }.joined()
    return "<dl class=\"facts\">\(list)</dl>"
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "\u{2013}" : names.joined(separator: ", ")
  }
}
