import Foundation

/// Mutants that no test can tell from the original, each with its argument, from
/// fixtures/proofs/equivalent-mutants.md: lines as
/// ``- `Guard/File.swift` `source line` `< -> <=`: why``.
struct EquivalentMutants {
  private var argued: Set<[String]> = []

  init(_ path: String = ProofRecord.folder + "/equivalent-mutants.md") {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n") where line.hasPrefix("- `") {
      let parts = line.components(separatedBy: "`")
      // Text, file, text, source, text, change, reason: sources hold no back-quotes here.
      guard parts.count >= 7, parts[6].count > 10 else { continue }
      argued.insert([parts[1], parts[3], parts[5]])
    }
  }

  func contains(_ place: MutationPlace, _ change: String) -> Bool {
    argued.contains([place.file, place.source, change])
  }
}
