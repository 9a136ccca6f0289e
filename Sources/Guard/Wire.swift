import CRealtime
import Glibc
import Quantities

/// The bytes of one port, by poll(2): bounded in time whatever the other end does.
struct Wire {
  /// What came of one attempt.
  enum Outcome {
    case answered([UInt8])
    case refused(UInt8)
    /// Nothing that answers the request; what came instead.
    case silent([UInt8])
    /// The port itself is gone or does not take bytes; an errno.
    case gone(Int32)
  }

  let descriptor: Int32
  let framing: SafePlan.Framing

  /// Waits for quiet, sends the request, waits for its reply.
  func attempt(_ exchange: SafePlan.Exchange, transaction: UInt16) -> Outcome {
    // The controller is dead: its choice of blocking or not no longer matters to anyone.
    _ = lockstep_set_nonblocking(descriptor, 1)
    if let failure = settle(gap: Int64(exchange.gapMilliseconds)) { return .gone(failure) }
    var request = exchange.request
    if framing == .tcp {
      request[0] = UInt8(truncatingIfNeeded: transaction >> 8)
      request[1] = UInt8(truncatingIfNeeded: transaction)
    }
    let deadline = Milliseconds.now + Int64(exchange.replyTimeoutMilliseconds)
    if let failure = send(request, before: deadline) { return .gone(failure) }
    return reply(to: exchange, request, deadline)
  }

  private func reply(
    to exchange: SafePlan.Exchange, _ request: [UInt8], _ deadline: Int64
  ) -> Outcome {
    var received: [UInt8] = []
    while true {
      switch ReplyMatch.find(exchange, request: request, framing: framing, in: received) {
      case .found(let reply): return .answered(reply)
      case .refused(let code): return .refused(code)
      case .notYet: break
      }
      let left = deadline - Milliseconds.now
      // A line that babbles must not be read for ever.
      guard left > 0, received.count < 4096 else { return .silent(received) }
      guard ready(POLLIN, within: left) else { continue }
      switch take() {
      case .success(let bytes): received += bytes
      case .failure(let failure): return .gone(failure.code)
      }
    }
  }

  /// Lets what is under way end: bytes of the dead controller that the kernel still sends, and
  /// whatever comes in until the line was quiet for `gap`. An errno when the port is gone.
  private func settle(gap: Int64) -> Int32? {
    let bound = Milliseconds.now + max(10 * gap, 300)
    while lockstep_output_pending(descriptor) > 0, framing != .tcp, Milliseconds.now < bound {
      poll(nil, 0, 1)
    }
    while ready(POLLIN, within: gap) {
      if case .failure(let failure) = take() { return failure.code }
      if Milliseconds.now >= bound { return nil }
    }
    return nil
  }

  private func send(_ request: [UInt8], before deadline: Int64) -> Int32? {
    var rest = request[...]
    while !rest.isEmpty {
      guard ready(POLLOUT, within: max(deadline - Milliseconds.now, 0)) else {
        // Nobody takes the bytes: drop them, or a later attempt would arrive behind stale ones.
        if framing != .tcp { tcflush(descriptor, TCOFLUSH) }
        return ETIMEDOUT
      }
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR && errno != EAGAIN {
        return errno
      }
    }
    return nil
  }

  private func ready(_ events: Int32, within milliseconds: Int64) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    // POLLHUP and POLLERR count as ready: the read or write that follows says what is wrong.
    return poll(&entry, 1, Int32(clamping: milliseconds)) > 0
  }

  private struct Failure: Error { var code: Int32 }

  private func take() -> Result<[UInt8], Failure> {
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = read(descriptor, &buffer, buffer.count)
    if count > 0 { return .success(Array(buffer.prefix(count))) }
    if count == 0 { return .failure(Failure(code: EPIPE)) }
    return errno == EINTR || errno == EAGAIN ? .success([]) : .failure(Failure(code: errno))
  }
}

/// The monotonic clock in milliseconds.
enum Milliseconds {
  static var now: Int64 { lockstep_monotonic_nanoseconds() / 1_000_000 }
}
