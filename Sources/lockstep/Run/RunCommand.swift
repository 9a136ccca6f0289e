import ArgumentParser
import Foundation
import Guard
import Profiles
import Quantities

/// `lockstep run`: the guarded bench run.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a campaign or protocol on a bench, guarded.",
    discussion: """
      Validates everything, locks bench and ports, opens every port, compiles what makes each device \
      safe, and becomes lockstep-guard, which starts the controller. Real ports want a bench that was \
      commissioned and proven, with the same files (lockstep commission, lockstep prove).

      Example: lockstep run demo --bench demo --port psu=/dev/pts/3 --port load=/dev/pts/4 ...
      """)

  /// What paces a run.
  enum PaceChoice: String, CaseIterable, ExpressibleByArgument { case real, stepped }

  @Argument(help: "Campaign or protocol file, or the name of a shipped one.")
  var job: String

  @Option(help: "Bench file, or the name of a shipped one.")
  var bench: String

  @Option(help: ArgumentHelp("Where an instrument is reached.", valueName: "name=path"))
  var port: [String] = []

  @Option(help: "stepped: the rig's clock is a device on the bus; real: the monotonic clock.")
  var pace: PaceChoice = .real

  @Option(help: ArgumentHelp("Where data are kept.", valueName: "dir"))
  var data: String?

  @Option(help: ArgumentHelp("Name of the run's folder.", visibility: .hidden))
  var name: String?

  func run() throws {
    let plan = try RunPlan(job: Self.absolute(job), bench: Self.absolute(bench))
    try plan.check(pace)
    let runName = name ?? RunName.fresh(plan.files.campaign.name, at: Date())
    let setUp = try GuardedSetUp(plan, ports: port, holder: "run \(runName)") {
      try plan.refuseUnlessProven($0)
    }
    let folder = try RunName.folder(runName, data: data)
    do {
      // Returns only when nothing was started.
      throw try setUp.run(in: folder, pace: pace, lock: try RunLock.take(folder))
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw error
    }
  }

  /// A file's path that stays true in another folder: `resume` looks for the run's files again.
  private static func absolute(_ word: String) -> String {
    guard !word.hasPrefix("/"), word.contains("/") || word.hasSuffix(".toml") else { return word }
    return URL(filePath: word).standardizedFileURL.path
  }

  /// The bench must be locked.
  static func refuseIfLatched(_ bench: String) throws -> BenchLatch {
    let latch = try BenchLatch(bench: bench)
    guard let record = latch.standing() else { return latch }
    throw CommandFailure(
      status: 2,
      message: "bench \(bench) is latched since \(LatchRecord.utc(record.unixTime)): "
        + "\(record.reason); look at the cell, then "
        + "`lockstep acknowledge \(bench) --by NAME --note TEXT`")
  }
}
