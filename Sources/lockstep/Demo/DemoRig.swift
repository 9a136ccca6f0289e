import ArgumentParser
import Foundation
import Glibc
import Journal
import Profiles

/// A stepped rig in a process of its own, and how it is reached.
struct DemoRig {
  let process: ChildProcess
  /// Paths by port.
  let ports: [String: String]
  /// What only the rig knew, written as it goes.
  let truthFile: String
  private let bench: String

  /// Starts the rig and waits for its ports.
  ///
  /// - Parameters:
  ///   - run: the run's name; its truth lies beside the runs' folder under that name.
  ///   - data: where data are kept; nil: where they are by rule.
  init(bench: String, plant: String, seed: UInt64, run: String, data: String?) throws {
    self.bench = bench
    let runs = RunFolder.runs(under: data)
    try FileManager.default.createDirectory(atPath: runs, withIntermediateDirectories: true)
    let truth = URL(filePath: runs).deletingLastPathComponent().appending(path: "truth")
    try FileManager.default.createDirectory(at: truth, withIntermediateDirectories: true)
    truthFile = truth.appending(path: "\(run).twin.csv").path
    process = try ChildProcess(
      [
        "rig", bench, "--plant", plant, "--seed", "\(seed)", "--pace", "stepped", "--truth",
        truthFile, "--die-with-parent",
      ], heard: true)
    guard let line = process.firstLine(),
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
      let ports = object["ports"] as? [String: String]
    else {
      // The rig has said on standard error what is wrong.
      throw ExitCode(process.wait(passingOn: -1))
    }
    self.ports = ports
  }

  /// The `--port` options of a run on it.
  func portWords() throws -> [String] {
    let path = try ShippedProfiles.locate(kind: .bench, name: bench)
    return try BenchFile(path: path).instruments.flatMap { instrument -> [String] in
      guard instrument.port == .rig, let port = ports[instrument.name] else { return [] }
      return ["--port", "\(instrument.name)=\(port)"]
    }
  }

  func end() {
    process.send(SIGTERM)
    _ = process.wait(passingOn: -1)
  }
}
