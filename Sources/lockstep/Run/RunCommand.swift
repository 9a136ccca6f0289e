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
    let plan = try RunPlan(job: job, bench: bench)
    _ = try plan.wiring()
    if pace == .stepped, plan.files.bench.instruments(.pace).isEmpty {
      throw CommandFailure(
        status: 2, message: "--pace stepped: \(plan.files.bench.path) has no pace device")
    }
    let runName = name ?? RunName.fresh(plan.files.campaign.name, at: Date())
    let overrides = try PortAddress.overrides(port, bench: plan.files.bench)
    // The bench first: while another run holds it, its mark reads as a latch.
    let holder = "run \(runName)"
    let lock = try OpenBench.lock(.bench(plan.files.bench.name), holder)
    let latch = try Self.refuseIfLatched(plan.files.bench.name)
    let places = try BenchPorts(plan.files.bench, overrides: overrides)
    try plan.refuseUnlessProven(places)
    let open = try OpenBench(plan, at: places, benchLock: lock, holder: holder)
    let safePlan = try open.safePlan(plan)
    let folder = try RunName.folder(runName, data: data)
    let orders = try guardOrders(plan, open, safePlan: safePlan, folder: folder, latch: latch)
    // Returns only when nothing was started.
    let failure = GuardedLaunch.become(orders)
    try? FileManager.default.removeItem(atPath: folder)
    throw CommandFailure(status: 3, message: "\(failure)")
  }

  private func guardOrders(
    _ plan: RunPlan, _ open: OpenBench, safePlan: SafePlan, folder: String, latch: BenchLatch
  ) throws -> GuardOrders {
    GuardOrders(
      plan: safePlan, controller: try GuardedLaunch.executable(named: "lockstep"),
      arguments: [
        "lockstep", "controller", folder, "--job", plan.files.campaign.path, "--bench",
        plan.files.bench.path, "--pace", pace.rawValue, "--digest", plan.digest,
      ],
      ports: open.ports, locks: open.locks, bench: plan.files.bench.name, runFolder: folder,
      latchFolder: latch.folder)
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
