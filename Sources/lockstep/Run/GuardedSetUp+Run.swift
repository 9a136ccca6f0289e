import Foundation
import Guard
import Profiles

extension GuardedSetUp {
  /// Becomes the guard of a run in `folder`, whose controller gets `words` beside its own. Returns only a failure,
  /// with nothing started.
  ///
  /// - Parameter lock: the run's own.
  func run(
    in folder: String, pace: RunCommand.PaceChoice, lock: Int32, words: [String] = []
  ) throws -> CommandFailure {
    let orders = GuardOrders(
      plan: try open.safePlan(plan), controller: try GuardedLaunch.executable(named: "lockstep"),
      arguments: [
        "lockstep", "controller", folder, "--job", plan.files.campaign.path, "--bench",
        plan.files.bench.path, "--pace", pace.rawValue, "--digest", plan.digest,
      ] + words,
      ports: open.ports, locks: open.locks + [lock], bench: plan.files.bench.name,
      runFolder: folder, latchFolder: latch.folder)
    return CommandFailure(status: 3, message: "\(GuardedLaunch.become(orders))")
  }
}
