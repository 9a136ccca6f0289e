import ArgumentParser
import Foundation

/// Ten million inputs to whatever decodes bytes from outside.
struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz", abstract: "libFuzzer over the decoders of guard and profiles.")

  @Option(help: "Of libFuzzer.")
  var seed = 1
  @Option(help: "Inputs to the guard's decoders.")
  var guardRuns = 10_000_000
  @Option(help: "Inputs to the profiles' decoders.")
  var profileRuns = 500_000

  /// Inputs wanted in all.
  private static let goal = 10_000_000

  func run() throws {
    let hash = try SourceHash.current()
    let package = try FuzzPackage(".build/fuzz")
    var targets: [[String: Any]] = []
    var isMet = true
    for (name, runs, longest) in [
      ("FuzzGuard", guardRuns, 1_024), ("FuzzProfiles", profileRuns, 16_384),
    ] {
      let result = try package.fuzz(name, runs: runs, seed: seed, longest: longest)
      print("fuzz: \(name): \(result)")
      isMet = isMet && (result["crashes"] as? Int) == 0
      targets.append(result)
    }
    let all = targets.compactMap { $0["inputs"] as? Int }.reduce(0, +)
    isMet = isMet && all >= Self.goal
    let record = ProofRecord(
      name: "fuzz", seed: seed,
      figures: ["targets": targets, "inputs": all, "goal_inputs": Self.goal], isMet: isMet)
    if all >= Self.goal || !isMet { try record.write(hash: hash) }
    if !isMet { throw ExitCode(1) }
  }
}
