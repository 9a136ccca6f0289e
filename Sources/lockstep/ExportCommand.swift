import ArgumentParser
import Foundation
import Journal
import Records

/// `lockstep export`: a run as Battery Data Format, twin CSV and metadata.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a run as BDF, twin CSV and metadata.",
    discussion: "Example: lockstep export latest --to data")

  @OptionGroup var target: RunArgument

  @Option(help: ArgumentHelp("Folder to write into; made when it is not there.", valueName: "dir"))
  var to: String

  @Option(help: ArgumentHelp("What the files are called; the run's name.", valueName: "name"))
  var name: String?

  @OptionGroup var output: JSONOption

  private struct Result: Encodable {
    let files: [String]
    let records: Int
    let estimates: Int
  }

  func run() throws {
    try reportingJournalErrors {
      let (_, reader) = try target.open()
      let name = try name ?? reader.read { try $0.header() }?.run ?? "run"
      let export = try JournalExport.write(reader, to: to, name: name)
      if output.json {
        try JSONOption.print(
          Result(files: export.files, records: export.records, estimates: export.estimates))
      } else {
        for file in export.files { print(file) }
      }
    }
  }
}
