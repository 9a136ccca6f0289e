import ArgumentParser
import Foundation
import Profiles
import Verification

/// `lockstep verify`: are the equations solved right?
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check the cell models against closed forms, balances and an independent code.",
    discussion: """
      About ten seconds. Status 1 when a law fails. Trajectories are those of the source tree \
      (fixtures/reference) and of --reference, in DIR/<set>/<case>.json and .csv.

      Example: lockstep verify --out bench-docs/verification.md
      """)

  @Flag(help: "One JSON document instead of lines.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Folder of more trajectories; may be repeated.",
      valueName: "dir"))
  var reference: [String] = []

  @Option(help: ArgumentHelp("Markdown file to write.", valueName: "file"))
  var out: String?

  func run() throws {
    let json = json
    let suite = VerificationSuite(
      try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: "chen2020")),
      trajectories: try folders())
    let report = suite.run { if !json { print($0.text) } }
    if json {
      print(try report.json())
    } else {
      let (passed, all) = report.count
      print("\(passed) of \(all) laws hold")
    }
    if let out {
      do {
        try report.markdown.write(toFile: out, atomically: true, encoding: .utf8)
      } catch { throw CommandFailure(status: 3, message: "--out \(out): cannot be written") }
    }
    if !report.passed { throw ExitCode(1) }
  }

  /// Those of the source tree, where they are at hand, and those asked for.
  private func folders() throws -> [URL] {
    for folder in reference where !FileManager.default.fileExists(atPath: folder) {
      throw CommandFailure(status: 2, message: "--reference \(folder): no such folder")
    }
    let shipped = ShippedProfiles.root.map {
      URL(filePath: $0).deletingLastPathComponent().appending(path: "fixtures/reference")
    }
    return [shipped].compactMap(\.self).filter {
      FileManager.default.fileExists(atPath: $0.path)
    } + reference.map { URL(filePath: $0) }
  }
}
