import ArgumentParser
import Electrochemistry
import Foundation
import Identification
import Journal
import Profiles

/// `lockstep charging-study`: charges by the twin on cells whose truth is known, beside CC-CV and the truth itself.
struct ChargingStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "charging-study",
    abstract: "Charge simulated cells by their twins and write how much sooner that was.",
    discussion: """
      Seeds 1 to 99 are for tuning, the others for reporting.

      Example: lockstep charging-study --first 101 --last 120 --out bench-docs/charging-study.md
      """)

  @Option(help: "First seed.")
  var first: UInt64 = 101

  @Option(help: "Last seed.")
  var last: UInt64 = 120

  @Option(help: "Cells charged with other margins, too, from the first seed on.")
  var margins = 5

  @Option(help: ArgumentHelp("Markdown file to write.", valueName: "file"))
  var out: String

  func validate() throws {
    guard first <= last else { throw ValidationError("--first must not be after --last") }
  }

  func run() throws {
    let cell = try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: "chen2020"))
    let seeds = Array(first...last)
    let results = concurrently(seeds.count) { index in
      Result { try score(cell, seeds[index], others: index < margins) }
    }
    let scores = try results.map { try $0.get() }
    var page = ChargingPage(scores)
    page.write()
    do { try AtomicFile.write(page.text, to: out) } catch {
      throw CommandFailure(status: 2, message: "--out: \(error)")
    }
    print(page.text)
  }

  private func score(_ cell: CellParameters, _ seed: UInt64, others: Bool) throws -> ChargingScore {
    var item = try ChargingCase(cell, seed: seed)
    try item.prepare()
    let score = try ChargingScore.of(item, margins: others ? [0, 0.005, 0.02, 0.03] : [])
    print(ChargingPage.row(score))
    fflush(nil)
    return score
  }
}
