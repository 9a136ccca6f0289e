import CRealtime

/// Beats the heart, and remembers a silence after which the guard would have acted: this process was
/// stopped, and nothing that it knew before may move anything any more.
package final class HeartWatch {
  private let send: () -> Void
  private let clock: () -> Int64
  private var last: Int64?
  private var longest: Int64?

  /// - Parameters:
  ///   - clock: ns of a monotonic clock.
  ///   - send: beats the heart; cheap.
  package init(
    clock: @escaping () -> Int64 = { lockstep_monotonic_nanoseconds() },
    send: @escaping () -> Void
  ) {
    self.clock = clock
    self.send = send
  }

  /// At least every 50 ms of wall time.
  package func beat() {
    let now = clock()
    if let last, now - last > PortOrder.lifetime { longest = max(longest ?? 0, now - last) }
    last = now
    send()
  }

  /// The end of a run that was held up, for good; nil: it never was. Beats.
  package func holdUp() -> Outcome? {
    beat()
    guard let longest else { return nil }
    return Outcome(
      status: 3,
      message:
        "held up for \(longest / 1_000_000) ms, \(PortOrder.lifetime / 1_000_000) ms allowed: "
        + "nothing is re-armed")
  }
}
