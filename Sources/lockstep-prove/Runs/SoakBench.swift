import Foundation

/// The demo's bench with a scan of its own, its rig at wall speed, and one long run on it.
struct SoakBench {
  let folder: String
  private let rig: Child
  let run: Child

  init(minutes: Double, scan: String) throws {
    let files = FileManager.default
    let folder = NSTemporaryDirectory() + "soak-\(UUID().uuidString)"
    self.folder = folder
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let bench = try String(contentsOfFile: "profiles/benches/demo.toml", encoding: .utf8)
      .replacingOccurrences(of: "scan = \"1 s\"", with: "scan = \"\(scan)\"")
    try bench.write(toFile: folder + "/demo.toml", atomically: true, encoding: .utf8)
    // Charge and discharge in turn, so that every device works.
    let cycles = Int((minutes / 4).rounded(.up))
    let steps = (0..<cycles).flatMap { _ in
      [
        "Discharge at C/10 for 110 seconds", "Rest for 10 seconds",
        "Charge at C/10 for 110 seconds",
        "Rest for 10 seconds",
      ]
    }
    let list = steps.map { "\"\($0)\"" }.joined(separator: ", ")
    try "schema = 1\nname = \"soak\"\nsteps = [\(list)]\n"
      .write(toFile: folder + "/soak.toml", atomically: true, encoding: .utf8)
    let program = files.currentDirectoryPath + "/.build/release/lockstep"
    rig = try Child(
      [
        program, "rig", folder + "/demo.toml", "--plant", "demo", "--seed", "1", "--pace", "real",
        "--truth", folder + "/truth.twin.csv",
      ], log: folder + "/rig.log")
    var ports: [String: String]?
    for _ in 0..<600 where ports == nil {
      usleep(100_000)
      let line = rig.output.split(separator: "\n").first.map(String.init) ?? ""
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      ports = object?["ports"] as? [String: String]
    }
    guard let ports else { throw ProofFailure("soak: the rig does not start: \(rig.output)") }
    let words = ports.filter { !$0.key.hasSuffix("-tcp") }
      .sorted { $0.key < $1.key }.flatMap { ["--port", "\($0.key)=\($0.value)"] }
    run = try Child(
      [
        program, "run", folder + "/soak.toml", "--bench", folder + "/demo.toml", "--pace", "real",
        "--name", "soak",
      ] + words,
      environment: ["XDG_STATE_HOME": folder + "/state", "XDG_DATA_HOME": folder + "/data"],
      log: folder + "/run.log")
  }

  var journal: String { folder + "/data/lockstep/runs/soak/journal.sqlite" }

  func end() {
    rig.send(SIGTERM)
    _ = rig.end(within: 30)
  }
}
