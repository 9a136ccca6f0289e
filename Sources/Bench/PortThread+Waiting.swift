import CRealtime
package import Quantities

extension [PortThread] {
  /// Waits for ports in slices, beating the heart. True when all are done within `budget`, ns.
  @discardableResult
  package func wait(for indices: [Int], budget: Int64, _ heart: HeartWatch) -> Bool {
    let deadline = lockstep_monotonic_nanoseconds() + budget
    for index in indices {
      while !self[index].isDone {
        heart.beat()
        let now = lockstep_monotonic_nanoseconds()
        guard now < deadline else { return false }
        _ = self[index].wait(until: Swift.min(deadline, now + 40_000_000))
      }
    }
    heart.beat()
    return true
  }

  /// Opens every instrument: the pace's port first, so that the others' gaps have a clock. Nil: all are
  /// open, their limits armed and read back.
  package func open(pace: Int?, at now: Seconds, _ heart: HeartWatch) -> Outcome? {
    for group in (pace.map { [[$0]] } ?? []) + [indices.filter { $0 != pace }] {
      for index in group { self[index].post(PortOrder(.open, at: now)) }
      wait(for: group, budget: 30_000_000_000, heart)
      for index in group {
        guard self[index].isDone else {
          return Outcome(status: 3, message: "\(self[index].name): not open within 30 s")
        }
        if let failure = self[index].failure { return Outcome(status: 3, message: "\(failure)") }
      }
    }
    return nil
  }
}
