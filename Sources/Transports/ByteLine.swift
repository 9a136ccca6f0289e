import CRealtime
import Glibc

/// One request at a time over a descriptor that somebody else opened and will close, bounded in time
/// whatever the other end does. What the dialects that are not Modbus share: gaps, leftovers thrown
/// away before a request, silence waited for after a failure. Allocates nothing after `init`.
struct ByteLine: ~Copyable {
  /// What came of waiting for a reply.
  enum Outcome {
    case answered
    case silent
    /// The port itself does not work; an errno.
    case gone(Int32)
  }

  // A device that never stops talking must not hold the caller.
  private static let drainLimit = 64
  static let capacity = 512

  let descriptor: Int32
  let timing: LineTiming
  private let buffer: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var quietUntil: Int64 = 0

  /// A line over an open descriptor.
  init?(descriptor: Int32, timing: LineTiming) {
    guard descriptor >= 0, fcntl(descriptor, F_GETFD) >= 0 else { return nil }
    self.descriptor = descriptor
    self.timing = timing
    buffer = .allocate(capacity: Self.capacity)
    buffer.initialize(repeating: 0, count: Self.capacity)
  }

  deinit { buffer.deallocate() }

  /// What was received since the last request.
  var received: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: buffer, count: count) }

  /// Keeps the gap, throws leftovers away, sends `request`, waits until `isWhole` of what was received
  /// or the reply timeout.
  mutating func exchange(
    _ request: UnsafeBufferPointer<UInt8>, isWrite: Bool,
    until isWhole: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Outcome {
    if timing.pacing == .real, quietUntil > 0 {
      while lockstep_sleep_until(quietUntil) != 0 {}
    }
    drain()
    let deadline =
      lockstep_monotonic_nanoseconds() + Int64(timing.replyTimeoutMilliseconds) * 1_000_000
    var outcome = send(request, deadline)
    if case .answered = outcome { outcome = receive(deadline, isWhole) }
    if timing.pacing == .real {
      let gap =
        isWrite
        ? max(timing.gapNanoseconds, timing.gapAfterWriteNanoseconds) : timing.gapNanoseconds
      quietUntil = lockstep_monotonic_nanoseconds() + gap
    }
    if case .silent = outcome { resynchronise() }
    return outcome
  }

  private mutating func send(_ request: UnsafeBufferPointer<UInt8>, _ deadline: Int64) -> Outcome {
    guard let start = request.baseAddress else { return .answered }
    var sent = 0
    while sent < request.count {
      guard wait(POLLOUT, until: deadline) else { return .silent }
      let written = write(descriptor, start + sent, request.count - sent)
      if written > 0 {
        sent += written
      } else if errno != EINTR, errno != EAGAIN {
        return .gone(errno)
      }
    }
    return .answered
  }

  private mutating func receive(
    _ deadline: Int64, _ isWhole: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Outcome {
    while !isWhole(received) {
      // Babble beyond the buffer is no reply.
      guard count < Self.capacity, wait(POLLIN, until: deadline) else { return .silent }
      let came = read(descriptor, buffer + count, Self.capacity - count)
      if came > 0 {
        count += came
      } else if came == 0 {
        return .gone(ECONNRESET)
      } else if errno != EINTR, errno != EAGAIN {
        return .gone(errno)
      }
    }
    return .answered
  }

  // POLLHUP and POLLERR count as ready: the call that follows says what is wrong.
  private func wait(_ events: Int32, until deadline: Int64) -> Bool {
    while true {
      let left = deadline - lockstep_monotonic_nanoseconds()
      guard left > 0 else { return false }
      var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      let ready = poll(&entry, 1, Int32(clamping: left / 1_000_000 + 1))
      if ready > 0 { return true }
      if ready < 0, errno != EINTR { return true }
    }
  }

  private mutating func drain() {
    count = 0
    for _ in 0..<Self.drainLimit where !take(waiting: 0) { return }
  }

  // Listens until nothing has come for a quarter of the reply timeout, for at most one whole.
  private mutating func resynchronise() {
    let quiet = max(2, timing.replyTimeoutMilliseconds / 4)
    let deadline =
      lockstep_monotonic_nanoseconds() + Int64(timing.replyTimeoutMilliseconds) * 1_000_000
    while lockstep_monotonic_nanoseconds() < deadline, take(waiting: quiet) {}
    count = 0
  }

  // Whether bytes came within `milliseconds`; they are dropped. A hung-up line counts as silent.
  private func take(waiting milliseconds: Int) -> Bool {
    var waiter = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiter, 1, Int32(clamping: milliseconds)) > 0,
      waiter.revents & Int16(POLLIN) != 0
    else { return false }
    return read(descriptor, buffer, Self.capacity) > 0
  }
}
