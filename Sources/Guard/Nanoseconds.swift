import CRealtime

/// The monotonic clock, and times on it.
enum Nanoseconds {
  static var now: Int64 { lockstep_monotonic_nanoseconds() }

  static func milliseconds(_ count: Int64) -> Int64 { count * 1_000_000 }

  /// The monotonic clock in whole milliseconds.
  static var nowInMilliseconds: Int64 { now / 1_000_000 }

  /// A span as in `2.1 ms`.
  static func text(_ span: Int64) -> String {
    let tenths = (span + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}
