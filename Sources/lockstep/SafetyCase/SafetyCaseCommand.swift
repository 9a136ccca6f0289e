import ArgumentParser
import Foundation

/// `lockstep safety-case`: promises, tests and figures of a source tree as a page.
struct SafetyCaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "safety-case",
    abstract: "Write the safety case of a source tree: promises, tests, measured figures.",
    discussion: "Example: lockstep safety-case --sources . --out bench-docs/safety-case.md")

  @Option(help: ArgumentHelp("Root of the source tree.", valueName: "dir"))
  var sources = "."

  @Option(help: ArgumentHelp("Markdown file to write; else it is printed.", valueName: "file"))
  var out: String?

  func run() throws {
    let root = URL(filePath: sources)
    let page = SafetyCasePage(
      tests: try RequirementTests(root: root), figures: ProofFigures(root: root))
    guard let out else { return print(page.text, terminator: "") }
    do {
      try page.text.write(toFile: out, atomically: true, encoding: .utf8)
    } catch { throw CommandFailure(status: 3, message: "--out \(out): cannot be written") }
  }
}
