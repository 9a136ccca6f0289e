import Foundation
import JournalTestKit
import Testing

/// A rig, and what runs on it, in folders of their own.
final class LoopBench {
  let folder: TemporaryFolder
  private(set) var rig: Program
  /// Paths by port.
  private(set) var ports: [String: String] = [:]
  private var started = 0
  let benchPath: String

  /// Starts a rig and waits for its ports.
  ///
  /// - Parameters:
  ///   - stateOfCharge: the plant's, in percent.
  ///   - ambient: the plant's, degC.
  ///   - faults: what goes wrong, as a fault file without its schema.
  ///   - plant: edits the demo's plant file.
  ///   - bench: edits the demo's bench file.
  init(
    seed: Int = 1, stateOfCharge: Int = 60, ambient: Int = 25, rigWords: [String] = [],
    faults: String? = nil, plant editPlant: (String) -> String = { $0 },
    bench edit: (String) -> String = { $0 }
  ) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    benchPath = folder.path + "/demo.toml"
    let plantPath = folder.path + "/plant.toml"
    // An hour of watching after a trip is the rule; tests that look at it say how long.
    let watch = "trip_watch = \"0 s\"\n\n[wiring]"
    let shipped = try Self.shipped("benches/demo.toml").replacingOccurrences(
      of: "[wiring]", with: watch)
    try edit(shipped).write(
      toFile: benchPath, atomically: true, encoding: .utf8)
    let plant = try Self.shipped("plants/demo.toml").replacingOccurrences(
      of: "state_of_charge = \"60 %\"", with: "state_of_charge = \"\(stateOfCharge) %\""
    ).replacingOccurrences(of: "ambient = \"25 degC\"", with: "ambient = \"\(ambient) degC\"")
    try editPlant(plant).write(toFile: plantPath, atomically: true, encoding: .utf8)
    var words = rigWords.map { $0.replacingOccurrences(of: "FOLDER", with: folder.path) }
    if let faults {
      let path = folder.path + "/faults.toml"
      try ("schema = 1\n" + faults).write(toFile: path, atomically: true, encoding: .utf8)
      words += ["--faults", path]
    }
    rig = try Program(
      [
        "rig", benchPath, "--plant", plantPath, "--seed", "\(seed)", "--pace", "stepped",
        "--truth", folder.path + "/truth.twin.csv", "--die-with-parent",
      ] + words, environment: [:], log: folder.path + "/rig")
    let rig = rig
    try #require(Patience.until { rig.output.contains("\n") || rig.hasEnded }, "no announcement")
    let object = try JSONSerialization.jsonObject(with: Data(rig.output.utf8)) as? [String: Any]
    ports = try #require(object?["ports"] as? [String: String], "\(rig.error)")
  }

  /// The last rows of the rig's truth so far.
  var latestTruth: Truth { Truth(path: truthPath, tail: 4096) }

  private var truthPath: String { folder.path + "/truth.twin.csv" }

  /// The `--port` options of a run, but for what `changed` says; an empty path leaves one out.
  func portWords(_ changed: [String: String] = [:]) -> [String] {
    ports.merging(changed) { $1 }.filter { !$0.key.hasSuffix("-tcp") && !$0.value.isEmpty }
      .sorted { $0.key < $1.key }.flatMap { ["--port", "\($0.key)=\($0.value)"] }
  }

  /// Writes a file into the folder; its path.
  func write(_ text: String, to name: String) throws -> String {
    let path = folder.path + "/" + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// A campaign of one protocol, by path.
  func protocolFile(_ steps: [String], name: String = "job") throws -> String {
    let list = steps.map { "\"\($0)\"" }.joined(separator: ", ")
    return try write(
      "schema = 1\nname = \"\(name)\"\nsteps = [\(list)]\n", to: name + ".toml")
  }

  /// Starts `lockstep run`.
  func run(
    _ job: String, name: String = "run", ports: [String: String] = [:], pace: String = "stepped"
  )
    throws -> Program
  {
    try lockstep(
      ["run", job, "--bench", benchPath, "--pace", pace, "--name", name] + portWords(ports))
  }

  /// Starts any command with this bench's state and data folders.
  func lockstep(_ words: [String]) throws -> Program {
    started += 1
    return try Program(
      words,
      environment: [
        "XDG_STATE_HOME": folder.path + "/state", "XDG_DATA_HOME": folder.path + "/data",
      ], log: "\(folder.path)/program\(started)")
  }

  /// Runs any command to its end.
  func finished(_ words: [String]) throws -> Program {
    let program = try lockstep(words)
    _ = try #require(program.end(), "\(words) does not end")
    return program
  }

  /// Ends the rig and reads its whole truth.
  func endedTruth() throws -> Truth {
    rig.send(SIGTERM)
    #expect(rig.end() == 130, "\(rig.error)")
    return Truth(path: truthPath)
  }

  /// Whether a latch of this bench stands, and which file it is.
  var latch: String? {
    ["demo.latch", "demo.running"].first {
      FileManager.default.fileExists(atPath: "\(folder.path)/state/lockstep/latches/\($0)")
    }
  }

  func journalPath(_ run: String = "run") -> String {
    "\(folder.path)/data/lockstep/runs/\(run)/journal.sqlite"
  }

  func journal(_ run: String = "run") throws -> PlainSQL { try PlainSQL(journalPath(run)) }

  /// Contents of a shipped profile.
  static func shipped(_ path: String) throws -> String {
    let root =
      ProcessInfo.processInfo.environment["LOCKSTEP_PROFILES"].map { URL(filePath: $0) }
      ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "profiles")
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }
}
