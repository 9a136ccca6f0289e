import ArgumentParser
import CRealtime
import Foundation
import Journal

/// `lockstep demo`: rig, guarded run, report and export of the shipped campaign.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "The main job on a virtual bench, start to end.",
    discussion: """
      Starts a rig with a cell that differs from the twin's belief, runs the demo campaign on it \
      under the guard, writes report and export, and scores the run against the truth that only the \
      rig knew.

      Example: lockstep demo --seed 7
      """)

  @Option(help: "Decides the cell, the sensors' errors and the noise.")
  var seed: UInt64 = 1

  @Option(help: "Plant file, or the name of a shipped one.")
  var plant = "demo"

  @Option(help: "Campaign or protocol file, or the name of a shipped one.")
  var job = "demo"

  @Option(help: "Bench file, or the name of a shipped one.")
  var bench = "demo"

  @Option(help: ArgumentHelp("Where data are kept.", valueName: "dir"))
  var data: String?

  @Flag(help: "Print one JSON object instead of progress.")
  var json = false

  func run() throws {
    let signals = lockstep_signal_descriptor()
    let name = RunName.fresh("demo-seed\(seed)", at: Date())
    let rig = try DemoRig(bench: bench, plant: plant, seed: seed, run: name, data: data)
    let listed = rig.ports.keys.sorted().map { "\($0) \(rig.ports[$0] ?? "")" }
    say("rig: \(listed.joined(separator: ", "))")
    var words = ["run", job, "--bench", bench, "--pace", "stepped", "--name", name]
    if let data { words += ["--data", data] }
    let status = try ChildProcess(words + rig.portWords(), heard: json).wait(passingOn: signals)
    rig.end()
    let processor = ChildProcess.processorTime
    let folder = URL(filePath: RunFolder.runs(under: data)).appending(path: name).path
    try finish(status, name, folder, rig.truthFile, processor)
  }

  private func finish(
    _ status: Int32, _ name: String, _ folder: String, _ truth: String, _ processor: Double
  ) throws {
    guard FileManager.default.fileExists(atPath: folder) else { throw ExitCode(status) }
    let place = data.map { ["--data", $0] } ?? []
    let report = try ChildProcess(["report", name, "--truth", truth] + place, heard: true)
      .wait(passingOn: -1)
    let export = URL(filePath: folder).appending(path: "export").path
    let exported = try ChildProcess(["export", name, "--to", export] + place, heard: true)
      .wait(passingOn: -1)
    if let score = try? DemoScore(run: folder, truth: truth, processor: processor) {
      print(json ? try score.json() : score.text)
    }
    say("report: \(folder)/report.html")
    say("data:   \(export)")
    guard status == 0 else { throw ExitCode(status) }
    guard report == 0, exported == 0 else { throw ExitCode(max(report, exported)) }
  }

  private func say(_ line: String) { if !json { print(line) } }
}
