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
      About a minute. Status 1 when a law fails. Trajectories stand in DIR/<set>/<case>.json and \
      .csv; without --reference those of the source tree are taken.

      Example: lockstep verify --out bench-docs/verification.md
      """)

  @Flag(help: "One JSON document instead of lines.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Folder of trajectories; may be repeated. Without it: fixtures/reference.",
      valueName: "dir"))
  var reference: [String] = []

  @Option(help: ArgumentHelp("Markdown file to write.", valueName: "file"))
  var out: String?

  func run() throws {
    let json = json
    let suite = VerificationSuite(
      try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: "chen2020")),
      trajectories: try folders())
    let report: VerificationReport
    do {
      report = try suite.run { if !json { print($0.text) } }
    } catch let failure as ProfileError { throw failure } catch {
      throw CommandFailure(status: 2, message: "\(error)")
    }
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

  private func folders() throws -> [URL] {
    if !reference.isEmpty { return reference.map { URL(filePath: $0) } }
    guard let root = ShippedProfiles.root else { return [] }
    let shipped = URL(filePath: root).deletingLastPathComponent()
      .appending(path: "fixtures/reference")
    guard FileManager.default.fileExists(atPath: shipped.path) else {
      throw CommandFailure(
        status: 2, message: "\(shipped.path): no such folder; --reference names another")
    }
    return [shipped]
  }
}
