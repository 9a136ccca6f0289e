import ArgumentParser

struct KillsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "kills")
  func run() throws { throw ProofFailure("kills: not written yet") }
}
