import Foundation

/// What `lockstep verify` found.
public struct VerificationReport: Sendable, Codable {
  /// In the order in which they were run.
  public var sections: [VerificationSection] = []

  /// Nothing run yet.
  public init() {}

  /// Whether every law holds.
  public var passed: Bool { sections.allSatisfy(\.passed) }

  /// Laws that hold, and all.
  public var count: (passed: Int, all: Int) {
    let rows = sections.flatMap(\.rows)
    return (rows.count(where: \.passed), rows.count)
  }

  /// One JSON document.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// The page `bench-docs/verification.md`.
  public var markdown: String {
    let (passed, all) = count
    var lines = [
      "# Verification: the models against theory and an independent code", "",
      "Made by `make verification` (`lockstep verify --out bench-docs/verification.md`), which "
        + "ends with status 1 when a row fails. \(passed) of \(all) laws hold.", "",
      "Verification asks whether the equations are solved right; whether they are the right "
        + "equations for a real cell is `validation.md`. An *order* p means that the error falls "
        + "like h^p as the mesh width or time step h is halved: observed from the two finest, "
        + "beside the one that theory gives. Chen2020 throughout unless a row says otherwise.",
    ]
    for section in sections {
      lines += ["", "## \(section.title)", "", section.introduction, ""]
      lines += ["| | law | theory | observed | bound | |", "|---|---|---|---|---|---|"]
      lines += section.rows.map { row in
        let cells = [row.name, row.law, row.theory, row.observed, row.bound]
          .map { $0.replacingOccurrences(of: "|", with: "\\|") }
        return "| \(cells.joined(separator: " | ")) | \(row.passed ? "pass" : "**FAIL**") |"
      }
      if !section.skipped.isEmpty {
        lines += ["", "Not run:"] + section.skipped.map { "- \($0)" }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension VerificationSection {
  /// For a terminal: one line a law.
  public var text: String {
    let head = "\(title): \(rows.count(where: \.passed)) of \(rows.count)"
    let lines = rows.map { row in
      "  \(row.passed ? "pass" : "FAIL")  \(row.name): \(row.observed)"
        + " (theory \(row.theory), bound \(row.bound))"
    }
    return ([head] + lines + skipped.map { "  not run: \($0)" }).joined(separator: "\n")
  }
}
