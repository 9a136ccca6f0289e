import CRealtime
import Foundation

/// SIGINT, SIGTERM and SIGHUP for a command that only computes: its unfinished file goes, and it
/// ends with 130.
enum StopSignals {
  /// From now on a stop removes the file at `path` first.
  static func remove(_ path: String) {
    let signals = lockstep_signal_descriptor()
    guard signals >= 0 else { return }
    Thread.detachNewThread {
      var entry = pollfd(fd: signals, events: Int16(POLLIN), revents: 0)
      while lockstep_next_signal(signals) == 0 { _ = poll(&entry, 1, -1) }
      unlink(path)
      _exit(130)
    }
  }
}
