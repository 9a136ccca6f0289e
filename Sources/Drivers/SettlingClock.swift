private import Glibc

/// Wall time while a device gets to where it was told to.
enum SettlingClock {
  /// CLOCK_MONOTONIC, s.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Lets some time pass, s; the line keeps its own gaps beside that.
  static func pause(seconds: Double = 0.005) {
    poll(nil, 0, Int32(clamping: Int((seconds * 1000).rounded(.up))))
  }
}
