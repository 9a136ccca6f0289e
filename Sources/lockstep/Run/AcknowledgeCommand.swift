import ArgumentParser
import Foundation
import Guard
import Profiles

/// `lockstep acknowledge`: a named person clears a bench's latch.
struct AcknowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: "Clear the latch of a bench, by name and with a note.",
    discussion: """
      Look at the cell before the screen. A hot, swollen or leaking cell is not acknowledged.

      Example: lockstep acknowledge demo --by "M. Faraday" --note "meter lead had come off; cell cold"
      """)

  @Argument(help: "Bench file, or the name of a shipped one.")
  var bench: String

  @Option(help: "Who acknowledges.")
  var by: String

  @Option(help: "What was found.")
  var note: String

  func run() throws {
    let path = try ShippedProfiles.locate(kind: .bench, name: bench)
    let name = try BenchFile(path: path).name
    do {
      let lock = try BenchLock(.bench(name), holder: "acknowledge by \(by)")
      try BenchLatch(bench: name).acknowledge(
        by: by, note: note, unixTime: Date().timeIntervalSince1970)
      _ = consume lock
    } catch {
      throw CommandFailure(status: 2, message: "\(error)")
    }
    print("bench \(name): acknowledged by \(by)")
  }
}
