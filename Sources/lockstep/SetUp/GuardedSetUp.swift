import CRealtime
import Foundation
import Guard
import Profiles
import Quantities

/// A bench locked, opened and ready to be handed to a guard by `commission` or `prove`.
struct GuardedSetUp {
  let plan: RunPlan
  let places: BenchPorts
  let open: OpenBench
  let latch: BenchLatch

  /// Locks the bench, looks at its ports, lets `admit` refuse, then opens them.
  init(
    _ plan: RunPlan, ports: [String], holder: String, admit: (BenchPorts) throws -> Void
  ) throws {
    let bench = plan.files.bench
    let overrides = try PortAddress.overrides(ports, bench: bench)
    let lock = try OpenBench.lock(.bench(bench.name), holder)
    latch = try RunCommand.refuseIfLatched(bench.name)
    places = try BenchPorts(bench, overrides: overrides)
    if !places.isRig { try WiringRules.checkReal(bench) }
    try admit(places)
    open = try OpenBench(plan, at: places, benchLock: lock, holder: holder)
    self.plan = plan
  }

  /// Orders for a guard whose controller is `lockstep NAME FOLDER --bench ... WORDS`. It neither
  /// stays to watch after a death nor sounds the alarm: a small current ran for seconds, and a person is
  /// there.
  func orders(
    _ name: String, folder: String, pace: RunCommand.PaceChoice, words: [String]
  ) throws -> GuardOrders {
    var safePlan = try open.safePlan(plan, alarmed: false)
    safePlan.watch = []
    safePlan.watchSeconds = 0
    return GuardOrders(
      plan: safePlan, controller: try GuardedLaunch.executable(named: "lockstep"),
      arguments: [
        "lockstep", name, folder, "--bench", plan.files.bench.path, "--pace", pace.rawValue,
        "--digest", plan.digest,
      ] + words,
      ports: open.ports, locks: open.locks, bench: plan.files.bench.name, runFolder: folder,
      latchFolder: latch.folder)
  }
}

extension RunPlan {
  /// Refuses a stepped pace on a bench without a pace device.
  func check(_ pace: RunCommand.PaceChoice) throws {
    _ = try wiring()
    if pace == .stepped, files.bench.instruments(.pace).isEmpty {
      throw CommandFailure(
        status: 2, message: "--pace stepped: \(files.bench.path) has no pace device")
    }
  }
}
