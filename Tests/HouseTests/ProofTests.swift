import Foundation
import Testing

/// What stands in fixtures/proofs was made of these very sources, and reached its goal.
@Suite("The proofs are fresh")
struct ProofTests {
  /// Proofs that have not reached their goal yet; bench-docs/proofs.md says how far each came.
  private static let open: Set = ["soak"]

  /// Every other proof that `make prove` records.
  private static let names = ["fuzz", "kills", "mutants"]

  /// Asked of coreutils, as bench-docs/proofs.md says it: nothing of what wrote the records.
  private static func hash() throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c",
      "find Sources/Safety Sources/Guard -type f | LC_ALL=C sort | xargs sha256sum | sha256sum",
    ]
    process.currentDirectoryURL = House.root
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: " ").first.map(String.init) ?? ""
  }

  @Test(
    "SAF-001 SAF-002 each long proof was made of today's Safety and Guard and met its goal",
    arguments: names)
  func fresh(name: String) throws {
    let file = House.root.appending(path: "fixtures/proofs/\(name).json")
    let data = try #require(
      try? Data(contentsOf: file), "fixtures/proofs/\(name).json is missing: make prove-\(name)")
    let record = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(record["proof"] as? String == name)
    #expect(
      record["sources_sha256"] as? String == (try Self.hash()),
      "Safety or Guard changed since: make prove-\(name)")
    #expect(record["goal_met"] as? Bool == true, "fixtures/proofs/\(name).json: goal missed")
    try figures(name, record)
  }

  @Test("a proof that is called open has no record that met its goal", arguments: open.sorted())
  func stillOpen(name: String) throws {
    let file = House.root.appending(path: "fixtures/proofs/\(name).json")
    guard let data = try? Data(contentsOf: file) else { return }
    let record = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(record["goal_met"] as? Bool == false, "\(name) met its goal: no longer open")
  }

  /// The goals once more, by the figures themselves.
  private func figures(_ name: String, _ record: [String: Any]) throws {
    switch name {
    case "kills":
      #expect(try #require(record["deaths"] as? Int) >= 1_000)
      #expect((record["failures"] as? [String])?.isEmpty == true)
      let removals = try #require(record["removals"] as? [[String: Any]])
      #expect(
        removals.compactMap { $0["port"] as? String }
          == ["contactor", "load", "meter", "psu", "thermo"])
      // Every fifth.
      #expect(removals.reduce(0) { $0 + ($1["count"] as? Int ?? 0) } >= 200)
      for kind in try #require(record["blows"] as? [[String: Any]]) + removals {
        let times = try #require(kind["to_zero_ms"] as? [String: Any])
        let most = try #require(times["max"] as? NSNumber).doubleValue
        #expect(most <= (kind["allowed_to_zero_ms"] as? NSNumber)?.doubleValue ?? 0)
      }
      let lateness = try #require(record["first_byte_lateness_ms"] as? [String: Any])
      #expect((lateness["p99"] as? NSNumber)?.doubleValue ?? .infinity <= 5)
    case "mutants":
      let rooms = try #require(record["rooms"] as? [String: [String: Int]])
      #expect(rooms.keys.sorted() == ["Guard", "Safety"])
      for counts in rooms.values {
        let (killed, survived) = (counts["killed"] ?? 0, counts["survived"] ?? 0)
        #expect(killed * 100 >= (killed + survived) * 95 && counts["untried"] == nil)
      }
    case "fuzz":
      #expect(try #require(record["inputs"] as? Int) >= 10_000_000)
      for target in try #require(record["targets"] as? [[String: Any]]) {
        #expect(target["crashes"] as? Int == 0)
      }
    default:
      #expect(try #require(record["minutes"] as? NSNumber).doubleValue >= 60)
      #expect((record["trips"] as? NSNumber)?.intValue == 0)
    }
  }
}
