import ArgumentParser
import Foundation

/// A thousand deaths and lost ports drawn at random on the rig, judged by its truth.
struct KillsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kills",
    abstract: "Random kills of controller, guard or both, and lost ports, on the virtual rig.",
    discussion: """
      Needs the tests built: make prove-kills does that. Resumes where it was stopped, as long as \
      sources and seed are the same.
      """)

  @Option(help: "Decides every death.")
  var seed = 1
  @Option(help: "Deaths and lost ports.")
  var count = 1_000
  @Option(help: "Rigs at a time.")
  var width = 3
  @Option(help: "The test bundle.")
  var tests = ".build/release/lockstepPackageTests.xctest"

  private static let goal = 1_000
  private static let chunk = 50

  func run() throws {
    let hash = try SourceHash.current()
    let folder = ".build/prove"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let record =
      FileManager.default.currentDirectoryPath
      + "/\(folder)/kills-\(hash.prefix(12))-\(seed).jsonl"
    // What failed once stays failed, however often the proof is taken up again.
    let failed = record + ".failed"
    var failures =
      (try? String(contentsOfFile: failed, encoding: .utf8))?.split(separator: "\n").map(
        String.init) ?? []
    for first in stride(from: 0, to: count, by: Self.chunk) {
      let size = min(Self.chunk, count - first)
      let done = KillRecords(record).numbers
      if (first..<first + size).allSatisfy({ done.contains($0) }) { continue }
      let child = try Child(
        [tests, "--testing-library", "swift-testing", "--filter", "RandomKillTests"],
        environment: [
          "LOCKSTEP_KILLS": "\(seed):\(first):\(size):\(width)", "LOCKSTEP_KILLS_RECORD": record,
        ])
      let status = child.end(within: 1_800)
      if status != 0 {
        let lines = child.output.split(separator: "\n").filter {
          $0.contains("recorded an issue") || $0.contains("↳ kill ")
        }
        let end = child.output.suffix(500).replacing("\n", with: " ")
        failures += lines.isEmpty ? [String(end)] : lines.map(String.init)
        try failures.joined(separator: "\n").write(
          toFile: failed, atomically: true, encoding: .utf8)
        print(lines.joined(separator: "\n"))
      }
      print("kills: \(first + size) of \(count), \(failures.count) failures")
    }
    let records = KillRecords(record)
    let (blows, removals) = (records.blows, records.removals)
    let isMet = failures.isEmpty && records.numbers.count >= count && records.areInTime
    for kind in blows + removals {
      print("kills: \(kind.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
    }
    guard count >= Self.goal else { return }
    try ProofRecord(
      name: "kills", seed: seed,
      figures: [
        "blows": blows, "removals": removals, "deaths": records.numbers.count,
        "goal_deaths": Self.goal,
        "starved_and_repeated": records.repeated,
        "failures": failures, "first_byte_lateness_ms": records.lateness,
      ], isMet: isMet
    ).write(hash: hash)
    if !isMet { throw ExitCode(1) }
  }
}
