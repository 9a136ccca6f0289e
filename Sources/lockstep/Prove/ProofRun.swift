import CRealtime
import Foundation
import Glibc
import Guard
import Profiles
import Quantities

/// One guarded controller of `prove`, from start to the end of everything it started.
struct ProofRun {
  let setUp: GuardedSetUp
  let pace: RunCommand.PaceChoice
  let data: String?
  let name: String
  /// Delivers SIGINT, SIGTERM and SIGHUP to us.
  let signals: Int32

  /// Time for a controller to open its bench and let the current flow, s.
  private var start: Double {
    90 + 3 * (setUp.plan.files.bench.instruments.compactMap(\.hold).max()?.value ?? 0)
  }
  /// Time for everything to end after a blow, s.
  private static let ending = 60.0

  /// Runs one part to its own end; what it left in its folder is at the path returned.
  func complete(_ part: String) throws -> String {
    let (child, folder) = try launch(part)
    try wait(child, start) { child.status != nil }
    guard child.status == 0 else { throw failure(child, part) }
    return folder
  }

  /// Lets current flow, strikes, and waits until it is seen gone.
  ///
  /// - Returns: s from the blow; nil when it was not seen within `bound` and a second.
  func strike(
    _ blow: ProofBlow, part: String, bound: Double, restored: Double
  ) throws -> Double? {
    var meter = blow == .killBoth ? try MeterTakeover(setUp.plan, setUp.open) : nil
    let (child, _) = try launch(part)
    try wait(child, start) { child.line("prove: flowing") != nil || child.status != nil }
    guard child.status == nil, let controller = child.controller else {
      throw failure(child, part)
    }
    let struck = GuardChild.now
    let silenced = try deliver(blow, child, controller)
    defer { if let silenced { tcflow(silenced, TCOON) } }
    var seen: Double?
    if blow == .killBoth {
      seen = meter?.whenGone(until: struck + bound + 1)
    } else {
      var isSilent = silenced != nil
      try wait(child, bound + 1) {
        if isSilent, let silenced, GuardChild.now > struck + restored {
          tcflow(silenced, TCOON)
          isSilent = false
        }
        return child.line("current is gone", since: struck) != nil
      }
      seen = child.line("current is gone", since: struck)?.time
    }
    if let silenced { tcflow(silenced, TCOON) }
    try wait(child, Self.ending) { child.status != nil && hasEnded(process: controller) }
    guard child.status != nil, hasEnded(process: controller) else {
      throw CommandFailure(status: 3, message: "prove: \(blow): guard or controller does not end")
    }
    return seen.map { $0 - struck }
  }

  /// The line that was silenced, if it was that.
  private func deliver(
    _ blow: ProofBlow, _ child: GuardChild, _ controller: Int32
  ) throws -> Int32? {
    switch blow {
    case .killController: kill(controller, SIGKILL)
    case .stopController: kill(controller, SIGSTOP)
    case .killGuard: kill(child.process, SIGKILL)
    case .killBoth:
      kill(child.process, SIGKILL)
      kill(controller, SIGKILL)
    case .silence(let name):
      guard let port = setUp.open.ports.first(where: { $0.name == name }) else { return nil }
      guard tcflow(port.descriptor, TCOOFF) == 0 else {
        throw CommandFailure(
          status: 3, message: "prove: \(name): its line cannot be silenced, errno \(errno)")
      }
      return port.descriptor
    }
    return nil
  }

  private func launch(_ part: String) throws -> (GuardChild, String) {
    let folder = try RunName.folder(name, data: data)
    return (
      try GuardChild(
        setUp.orders("proof-controller", folder: folder, pace: pace, words: ["--part", part])),
      folder
    )
  }

  /// Listens until `isOver` or the time is up; a wish to stop ends the child first.
  private func wait(_ child: GuardChild, _ seconds: Double, _ isOver: () -> Bool) throws {
    let end = GuardChild.now + seconds
    while !isOver(), GuardChild.now < end {
      child.listen(milliseconds: 5)
      guard lockstep_next_signal(signals) != 0 else { continue }
      kill(child.process, SIGTERM)
      let patience = GuardChild.now + Self.ending
      while child.status == nil, GuardChild.now < patience { child.listen(milliseconds: 20) }
      throw CommandFailure(status: 130, message: "prove: stopped by a signal; bench made safe")
    }
  }

  private func failure(_ child: GuardChild, _ part: String) -> CommandFailure {
    let line = child.lines.last { $0.text.hasPrefix("lockstep: ") }?.text.dropFirst(10)
    let last = child.lines.last?.text ?? "nothing was said"
    return CommandFailure(
      status: child.status.map { $0 > 0 ? $0 : 3 } ?? 3,
      message: "prove: \(part): \(line.map(String.init) ?? last)")
  }
}
