import ArgumentParser
import Foundation
import Journal
import Reports

/// `lockstep report`: a run as one HTML page.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write a run's report, one HTML file that needs nothing else.",
    discussion: "Example: lockstep report latest --out report.html")

  @OptionGroup var target: RunArgument

  @Option(
    help: ArgumentHelp("Where to write; report.html in the run's folder.", valueName: "file"))
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Truth of a rig (twin CSV of `rig --truth`): shown in an appendix.", valueName: "file"))
  var truth: String?

  @OptionGroup var output: JSONOption

  private struct Result: Encodable {
    let report: String
    let numbers: RunNumbers
  }

  func run() throws {
    try reportingJournalErrors {
      let (folder, reader) = try target.open()
      let appendix = try truth.map { try DemoScore(run: folder, truth: $0).appendix }
      let page = try ReportPage(reader, appendix: appendix)
      let path = out ?? folder + "/report.html"
      try AtomicFile.write(page.html, to: path)
      if output.json {
        try JSONOption.print(Result(report: path, numbers: page.numbers))
      } else {
        print(path)
      }
    }
  }
}
