private import CRealtime

/// The truth file: twin CSV, one row a call, buffered and written out at least every second.
final class TruthLog {
  private let file: TruthFile
  private var buffer: [UInt8] = []
  private var rows = 0
  private var lastFlush: Int64
  private var hasFailed = false
  /// Unix and monotonic time are paired once, so that rows never step back.
  private let unixBase: Double
  private let monotonicBase: Int64

  /// Creates or truncates `path`.
  init(path: String) throws(RigError) {
    file = try TruthFile(path: path)
    monotonicBase = lockstep_monotonic_nanoseconds()
    unixBase = Double(lockstep_unix_nanoseconds()) / 1e9
    lastFlush = monotonicBase
    buffer.reserveCapacity(1 << 16)
    buffer += TruthRow.columns.joined(separator: ",").utf8
    buffer.append(UInt8(ascii: "\n"))
  }

  deinit { flush() }

  /// Adds a row; `now` writes it out at once.
  func append(_ row: TruthRow, now: Bool) {
    let time = lockstep_monotonic_nanoseconds()
    rows += 1
    let unix = unixBase + Double(time - monotonicBase) / 1e9
    buffer += row.line(index: rows, unixTime: unix).utf8
    if now || buffer.count > 1 << 15 || time - lastFlush > 900_000_000 { flush(at: time) }
  }

  /// Writes out what stands in the buffer. A full disk ends the truth, not the rig.
  func flush() { flush(at: lockstep_monotonic_nanoseconds()) }

  private func flush(at time: Int64) {
    lastFlush = time
    defer { buffer.removeAll(keepingCapacity: true) }
    guard !buffer.isEmpty, !hasFailed else { return }
    do {
      try file.write(buffer)
    } catch {
      hasFailed = true
      error.report()
    }
  }
}
