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
      "ratio_at_most", "allocations_at_most", "times_faster_than_pybop_at_least",
      "distance_from_best_at_most_sd",
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
    let fits = try #require(json[groups[5]] as? [String: Double])
    let distances = try #require(json[groups[6]] as? [String: Double])
    #expect(Set(fits.keys).isSubset(of: distances.keys))
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

  /// A record of one fit of one parameter: noise 2 %, best estimate 3 % off.
  private func fitRecord(ours: (seconds: Double, error: Double), rival: (Double, Double)) -> String
  {
    func fit(_ name: String, _ seconds: Double, _ error: Double) -> String {
      """
      {"name": "\(name)", "settings": "some", "seconds": \(seconds), "repeats": 3,
       "errors_percent": {"negative_electrode.diffusivity": \(error)}}
      """
    }
    return """
      {"pybop": "26.3", "pybamm": "26.10.1.1", "points": 818, "default_mesh_off_millivolt": 8.9,
       "noise_percent": {"negative_electrode.diffusivity": 2},
       "best_percent": {"negative_electrode.diffusivity": 3},
       "lockstep": \(fit("lockstep", ours.seconds, ours.error)),
       "rivals": [\(fit("fit", rival.0, rival.1))], "default_mesh": []}
      """
  }

  @Test(
    "a fit is judged by both sides' distance from the best estimate and by the ratio of times",
    arguments: [
      // (ours: s, %), (PyBOP: s, %), misses: 1 sd is 2 %, 100x is wanted.
      ((0.125, 4.5), (20.0, 2.0), [String]()),
      ((0.25, 4.5), (20.0, 2.0), ["fit: 80.0 times PyBOP, wanted: 100.0"]),
      (
        (0.125, -1.0), (20.0, 6.0),
        [
          "fit: Lockstep is 2.00 sd from the best estimate, allowed: 1.0 sd",
          "fit: PyBOP is 1.50 sd from the best estimate, allowed: 1.0 sd",
        ]
      ),
    ])
  func fits(ours: (Double, Double), rival: (Double, Double), misses: [String]) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    try fitRecord(ours: ours, rival: rival).write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let words = ["--thresholds", Self.thresholds.path(), "--only", "fit", "--pybop", file.path()]
    let run = try bench(words + ["--json"])
    #expect(run.status == (misses.isEmpty ? 0 : 1))
    let report = try #require(
      JSONSerialization.jsonObject(with: run.output) as? [String: Any], "\(run.error)")
    #expect(report["misses"] as? [String] == misses)
    let page = String(decoding: try bench(words).output, as: UTF8.self)
    #expect(
      page.contains("| `fit` | >= 100x | \(misses.count == 1 ? "80.0" : "160")x |"), "\(page)")
  }

  @Test("bad input ends with status 2 and one line")
  func badInput() throws {
    let none = try bench(["--thresholds", "/no/such/file"])
    #expect(none.status == 2)
    #expect(none.error.split(separator: "\n").count == 1, "\(none.error)")
    #expect(try bench(["--rounds", "0"]).status != 0)
  }
}
