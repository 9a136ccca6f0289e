import Glibc

/// What a thread was given of the processor.
enum ProcessorTime {
  /// Of this thread so far, s.
  static func ofThread() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
