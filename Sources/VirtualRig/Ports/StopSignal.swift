private import Glibc

/// Ends every thread that waits in `readable`: the write end of a pipe that is closed once.
final class StopSignal: Sendable {
  private let readEnd: Int32
  private let writeEnd: Int32

  init() throws(RigError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw RigError(.system, "no pipe: \(RigError.reason(errno))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Tells everybody, for good.
  func stop() {
    var byte: UInt8 = 0
    _ = write(writeEnd, &byte, 1)
  }

  /// What `wait` came back with.
  enum Wake { case readable, timeout, stop }

  /// Waits until `descriptor` has something to read.
  ///
  /// - Parameter milliseconds: how long at most; -1: for ever.
  func wait(_ descriptor: Int32, milliseconds: Int32 = -1) -> Wake {
    var polled = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
    ]
    var ready = poll(&polled, 2, milliseconds)
    while ready < 0 && errno == EINTR { ready = poll(&polled, 2, milliseconds) }
    return polled[1].revents != 0 ? .stop : ready == 0 ? .timeout : .readable
  }

  /// Waits for up to `nanoseconds`; false when it is time to stop.
  func sleep(nanoseconds: Int64) -> Bool {
    var polled = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, Int32((nanoseconds + 999_999) / 1_000_000)) <= 0
  }
}
