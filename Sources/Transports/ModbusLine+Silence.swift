private import CRealtime
private import Glibc

extension ModbusLine {
  // A device that never stops talking must not hold the caller.
  private static let drainLimit = 64

  /// Throws away what has arrived unasked.
  mutating func drain() {
    for _ in 0..<Self.drainLimit where !take(waiting: 0) { return }
  }

  /// Listens until nothing has come for a quarter of the reply timeout, for at most one whole.
  mutating func resynchronise() {
    let quiet = max(2, timing.replyTimeoutMilliseconds / 4)
    let deadline =
      lockstep_monotonic_nanoseconds() + Int64(timing.replyTimeoutMilliseconds) * 1_000_000
    while lockstep_monotonic_nanoseconds() < deadline, take(waiting: quiet) {}
  }

  // Whether bytes came within `milliseconds`; they are dropped. A hung-up line counts as silent.
  private mutating func take(waiting milliseconds: Int) -> Bool {
    var waiter = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiter, 1, Int32(milliseconds)) > 0, waiter.revents & Int16(POLLIN) != 0 else {
      return false
    }
    return read(descriptor, scratch, Self.scratchCount) > 0
  }
}
