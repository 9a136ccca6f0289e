import Bench
import CRealtime
import Instruments
import Quantities
import Safety

extension ProcedureLoop {
  /// Wall time that a port may take before a scan goes on without it, ns.
  private static let acquireBudget: Int64 = 1_500_000_000

  /// Waits for ports in slices, beating the heart. True when all are done.
  @discardableResult
  func wait(for indices: [Int], budget: Int64) -> Bool {
    ports.wait(for: indices, budget: budget, heart)
  }

  /// Opens every instrument.
  func open() -> Outcome? {
    if let outcome = ports.open(pace: bench.wiring.pace, at: now, heart) { return outcome }
    drive.armed()
    return nil
  }

  func name(_ index: Int) -> String { bench.instruments[index].name }

  /// Runs the pace on by one scan, or sleeps until the next is due.
  func advancePace() -> Outcome? {
    guard let pace = bench.wiring.pace, bench.pace == .stepped else { return sleepUntilDue() }
    guard ports[pace].isDone else {
      return Outcome(status: 3, message: "pace: the rig's clock does not answer")
    }
    var order = PortOrder(.perform, at: now)
    order.append(.advance(bench.scan), to: 0)
    ports[pace].post(order)
    guard wait(for: [pace], budget: 5_000_000_000), ports[pace].failure == nil else {
      let why = ports[pace].isDone ? ports[pace].failure.map { "\($0)" } : nil
      return Outcome(status: 3, message: "pace: \(why ?? "no answer within 5 s")")
    }
    let time = ports[pace].readbacks[0].read
    let origin = paceOrigin ?? time - bench.scan.value
    paceOrigin = origin
    now = Seconds(time - origin)
    return nil
  }

  private func sleepUntilDue() -> Outcome? {
    // From the last scan's end at the soonest: a late scan is not made up for by a hasty one.
    let period = Int64(bench.scan.value * 1e9)
    let due = monotonicStart + Int64(now.value * 1e9) + period
    while lockstep_monotonic_nanoseconds() < due {
      heart.beat()
      _ = lockstep_sleep_until(min(due, lockstep_monotonic_nanoseconds() + 40_000_000))
    }
    now = Seconds(Double(lockstep_monotonic_nanoseconds() - monotonicStart) / 1e9)
    return nil
  }

  /// Every free port reads its devices, all at once.
  func acquire() {
    var asked: [Int] = []
    for index in ports.indices where ports[index].isDone {
      ports[index].post(PortOrder(.acquire, at: now))
      asked.append(index)
    }
    wait(for: asked, budget: Self.acquireBudget)
  }
}
