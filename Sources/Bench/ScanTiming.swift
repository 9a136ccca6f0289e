import Records

/// Wall time of one scan's stages.
struct ScanTiming {
  private var start: Int64 = 0
  private var late: Double = 0
  private var acquire: Double = 0
  private var twin: Double = 0
  private var actuate: Double = 0
  private var missed = false

  mutating func begin(now: Int64) {
    self = ScanTiming()
    start = now
  }

  mutating func woke(due: Int64, now: Int64) {
    late = Double(now - due) / 1000
    start = now
  }

  mutating func acquired(now: Int64) { acquire = Double(now - start) / 1000 }

  mutating func decided(from begin: Int64, to end: Int64, missed: Bool) {
    twin = Double(end - begin) / 1000
    self.missed = missed
  }

  mutating func actuated(from begin: Int64, to end: Int64) {
    actuate = Double(end - begin) / 1000
  }

  func row(scan: Int, now: Int64) -> Timing {
    Timing(
      scan: scan, lateness: late, acquire: acquire, twin: twin, actuate: actuate,
      total: Double(now - start) / 1000, twinMissed: missed)
  }
}
