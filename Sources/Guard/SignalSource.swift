import CRealtime
import Glibc

/// The wishes to stop that reach the guard as signals.
package struct SignalSource {
  package let descriptor: Int32

  /// Blocks them and opens the descriptor that delivers them; call before any thread starts.
  package init() { descriptor = lockstep_signal_descriptor() }

  /// Every signal that waits. A quit is a wish to stop; the controller knows SIGTERM.
  package func all() -> [Int32] {
    var signals: [Int32] = []
    while case let signal = lockstep_next_signal(descriptor), signal != 0 {
      signals.append(signal == SIGQUIT ? SIGTERM : signal)
    }
    return signals
  }

  /// The next signal, or nil when the monotonic clock reaches `deadline`, ns.
  package func next(until deadline: Int64) -> Int32? {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = lockstep_poll_until(&entry, 1, deadline)
    return all().first
  }
}
