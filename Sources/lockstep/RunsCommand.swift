import ArgumentParser
import Foundation
import Journal
import Quantities
import Records

/// `lockstep runs`: what has been run.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List runs, the latest last.",
    discussion: "Example: lockstep runs --json")

  @OptionGroup var place: DataOption
  @OptionGroup var output: JSONOption

  private struct Entry: Encodable {
    let run: String
    let folder: String
    let asset: String
    let bench: String
    let unixStartSecond: Double
    let durationSecond: Double?
    let state: RunState
    let canResume: Bool
    let sittings: Int
    let status: Int?
    let message: String?

    enum CodingKeys: String, CodingKey {
      case run, folder, asset, bench, state, sittings, status, message
      case canResume = "can_resume"
      case unixStartSecond = "unix_start_second"
      case durationSecond = "duration_second"
    }
  }

  private struct Listing: Encodable {
    let runs: [Entry]
  }

  func run() throws {
    try reportingJournalErrors {
      let folders = RunFolder.list(place.runs).sorted { $0.start < $1.start }
      let entries = try folders.compactMap { try entry($0.folder) }
      if output.json {
        try JSONOption.print(Listing(runs: entries))
      } else if entries.isEmpty {
        print("no run in \(place.runs)")
      } else {
        for entry in entries { print(line(entry)) }
      }
    }
  }

  private func entry(_ folder: String) throws -> Entry? {
    let reader = try JournalReader(folder)
    defer { reader.close() }
    return try reader.read { view in
      guard let header = try view.header() else { return nil }
      let ending = try view.ending()
      let last = try view.one("SELECT max(test_time_second) FROM samples") { $0.double(0) }
      let state = RunState(folder, ending)
      return Entry(
        run: (folder as NSString).lastPathComponent, folder: folder, asset: header.asset,
        bench: header.bench, unixStartSecond: header.unixStart,
        durationSecond: ending?.time.value ?? last ?? nil, state: state,
        canResume: state.canResume && reader.schema > 1, sittings: try view.sittings().count,
        status: ending?.status, message: ending?.message)
    }
  }

  private func line(_ entry: Entry) -> String {
    let start = Date(timeIntervalSince1970: entry.unixStartSecond).ISO8601Format()
    let duration = entry.durationSecond.map { "\(Int($0.rounded())) s" } ?? "-"
    let state = entry.state.rawValue + (entry.canResume ? ", can be resumed" : "")
    let end = entry.status.map { "exit \($0)  \(entry.message ?? "")" } ?? "no end on record"
    return [start, entry.run, entry.asset, entry.bench, duration, state, end]
      .joined(separator: "  ")
  }
}
