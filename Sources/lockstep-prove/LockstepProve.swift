import ArgumentParser
import CRealtime
import Foundation

/// The proofs that take longer than a test run may; see bench-docs/proofs.md.
@main
struct LockstepProve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lockstep-prove",
    abstract: "Proves Safety and Guard: coverage, mutants, kills, fuzzing, soak.",
    discussion: """
      Run from the top of the source tree. Exit status: 0 goal met, 1 goal missed, 2 could not be run.
      """,
    subcommands: [
      CoverageCommand.self, MutantsCommand.self, KillsCommand.self, FuzzCommand.self,
      SoakCommand.self, HashCommand.self,
    ])

  static func main() {
    // What it says is followed through a pipe for an hour.
    setvbuf(lockstep_stdout(), nil, _IOLBF, 0)
    main(nil)
  }
}

/// Prints the hash that records name.
struct HashCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hash", abstract: "Print the hash of Sources/Safety and Sources/Guard.")

  func run() throws { print(try SourceHash.current()) }
}
