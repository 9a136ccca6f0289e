import CRealtime
import Glibc

/// Waiting on the outside world, always with an end.
enum Patience {
  /// Longest that a test waits for something that must come; only a broken product or a stuck machine
  /// gets there.
  static let longest: Int64 = 60_000

  /// Asks `condition` every 10 ms until it holds; false after `milliseconds`.
  static func until(_ milliseconds: Int64 = longest, _ condition: () throws -> Bool) rethrows
    -> Bool
  {
    let end = lockstep_monotonic_nanoseconds() + milliseconds * 1_000_000
    while true {
      if try condition() { return true }
      guard lockstep_monotonic_nanoseconds() < end else { return false }
      _ = poll(nil, 0, 10)
    }
  }

  /// s since 1970, by the clock that stamps the rig's truth.
  static var unixTime: Double { Double(lockstep_unix_nanoseconds()) / 1e9 }
}
