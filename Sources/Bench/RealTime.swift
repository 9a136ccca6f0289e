import CRealtime

/// Real-time scheduling of a run at real pace. Below the guard (10), which must never wait for its
/// controller; above everything that only computes.
enum RealTime {
  /// The scan thread's priority under SCHED_FIFO.
  static let scanPriority: Int32 = 8
  /// The port threads': they work while the scan thread waits.
  static let portPriority: Int32 = 7

  /// Puts the calling thread under SCHED_FIFO and locks memory; what is not allowed, in words.
  static func enter() -> String? {
    let scheduled = lockstep_realtime_thread(scanPriority)
    let locked = lockstep_lock_memory()
    guard scheduled != 0 || locked != 0 else { return nil }
    return "real-time scheduling errno \(-scheduled), memory lock errno \(-locked): "
      + "see bench-docs/install.md; scans may be late"
  }
}
