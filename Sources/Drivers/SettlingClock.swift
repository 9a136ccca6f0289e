private import Glibc

/// Wall time while a device gets to where it was told to.
enum SettlingClock {
  /// CLOCK_MONOTONIC, s.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Lets 5 ms pass; the line keeps its own gaps beside that.
  static func pause() { poll(nil, 0, 5) }
}
