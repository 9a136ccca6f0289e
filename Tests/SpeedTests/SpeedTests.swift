import Foundation
import Testing

/// The speed that needs no PyBaMM: our own ratios with a generous margin, and no allocation in a
/// step. Ratios of works that take turns, by CPU time, so that a busy machine does not matter.
@Suite("Speed, of our own works")
struct SpeedTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let thresholds = root.appending(path: "fixtures/thresholds/speed.json")

  /// Goals are met by this share at least: what is left for neighbours on the same core and caches.
  static let margin = 0.6

  private func bench(_ words: [String]) throws -> (status: Int32, output: Data, error: String) {
    let process = Process()
    process.executableURL = try Self.program()
    process.arguments = words
    var environment = ProcessInfo.processInfo.environment
    environment["LOCKSTEP_PROFILES"] = Self.root.appending(path: "profiles").path()
    process.environment = environment
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    let error = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, data, error)
  }

  /// Stands beside the test bundle, or in LOCKSTEP_BIN.
  private static func program() throws -> URL {
    let places =
      ProcessInfo.processInfo.environment["LOCKSTEP_BIN"].map { [$0 + "/x"] } ?? [
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path(),
        CommandLine.arguments[0],
      ] + CommandLine.arguments.filter { $0.hasSuffix(".xctest") }
    let programs = places.map {
      URL(filePath: $0).deletingLastPathComponent().appending(path: "lockstep-bench")
    }
    return try #require(
      programs.first { FileManager.default.isExecutableFile(atPath: $0.path()) },
      "no lockstep-bench at \(programs.map { $0.path() })")
  }

  @Test("goals are ratios above 1, errors and counts, each with its row")
  func goals() throws {
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: Self.thresholds)) as? [String: Any])
    #expect(json["schema"] as? Int == 1)
    let groups = [
      "times_faster_than_pybamm_at_least", "error_at_most_millivolt", "ratio_at_least",
      "ratio_at_most", "allocations_at_most",
    ]
    #expect(Set(json.keys) == Set(groups + ["schema"]))
    for group in groups {
      let goals = try #require(json[group] as? [String: Double], "\(group)")
      #expect(!goals.isEmpty)
      for (row, goal) in goals {
        #expect(goal.isFinite && goal >= 0, "\(group).\(row)")
        if group.hasPrefix("times") || group.hasPrefix("ratio") {
          #expect(goal > 1, "\(group).\(row)")
        }
      }
    }
    // A ratio at unequal accuracy does not count: each has its bound.
    let ratios = try #require(json[groups[0]] as? [String: Double])
    let errors = try #require(json[groups[1]] as? [String: Double])
    #expect(Set(ratios.keys).isSubset(of: errors.keys))
  }

  @Test("lanes, sensitivities, C, transactions and allocations hold with a margin")
  func ownRatios() throws {
    let run = try bench([
      "--thresholds", Self.thresholds.path(), "--rounds", "5", "--margin", "\(Self.margin)",
      "--json",
    ])
    #expect(run.status == 0, "\(run.error)")
    let report = try #require(
      JSONSerialization.jsonObject(with: run.output) as? [String: Any], "\(run.error)")
    #expect((report["ratios"] as? [Any])?.count == 4)
    #expect((report["allocations"] as? [Any])?.count == 5)
    #expect((report["misses"] as? [String]) == [])
  }

  @Test("a missed goal ends with status 1 and says which, by how much")
  func miss() throws {
    let goals = try String(contentsOf: Self.thresholds, encoding: .utf8)
      .replacing(
        "\"spme_sensitivities_to_plain\": 3", with: "\"spme_sensitivities_to_plain\": 0.01")
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    try goals.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let run = try bench([
      "--thresholds", file.path(), "--rounds", "1", "--margin", "\(Self.margin)", "--only",
      "spme_sensitivities_to_plain",
    ])
    #expect(run.status == 1)
    #expect(run.error.contains("lockstep-bench: spme_sensitivities_to_plain: "), "\(run.error)")
    #expect(run.error.contains("or less"))
  }

  @Test("bad input ends with status 2 and one line")
  func badInput() throws {
    let none = try bench(["--thresholds", "/no/such/file"])
    #expect(none.status == 2)
    #expect(none.error.split(separator: "\n").count == 1, "\(none.error)")
    #expect(try bench(["--rounds", "0"]).status != 0)
  }
}
