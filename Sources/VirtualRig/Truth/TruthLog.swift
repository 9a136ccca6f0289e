private import CRealtime
private import Glibc

/// The truth file: twin CSV, one row a call, buffered and written out at least every second.
final class TruthLog {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var rows = 0
  private var lastFlush: Int64
  /// Unix and monotonic time are paired once, so that rows never step back.
  private let unixBase: Double
  private let monotonicBase: Int64

  /// Creates or truncates `path`.
  init(path: String) throws(RigError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw RigError(.place, "truth file \(path): \(RigError.reason(errno))")
    }
    monotonicBase = lockstep_monotonic_nanoseconds()
    unixBase = Double(lockstep_unix_nanoseconds()) / 1e9
    lastFlush = monotonicBase
    buffer.reserveCapacity(1 << 16)
    buffer += TruthRow.columns.joined(separator: ",").utf8
    buffer.append(UInt8(ascii: "\n"))
    flush()
  }

  deinit {
    flush()
    close(descriptor)
  }

  /// Adds a row; `now` writes it out at once.
  func append(_ row: TruthRow, now: Bool) {
    let time = lockstep_monotonic_nanoseconds()
    rows += 1
    let unix = unixBase + Double(time - monotonicBase) / 1e9
    buffer += row.line(index: rows, unixTime: unix).utf8
    if now || buffer.count > 1 << 15 || time - lastFlush > 1_000_000_000 { flush() }
  }

  /// Writes out what stands in the buffer. A full disk ends the truth, not the rig.
  func flush() {
    lastFlush = lockstep_monotonic_nanoseconds()
    guard !buffer.isEmpty else { return }
    var offset = 0
    buffer.withUnsafeBytes { bytes in
      while offset < bytes.count {
        let written = write(
          descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else {
          RigError(.place, "truth file: \(RigError.reason(errno))").report()
          return
        }
        offset += written
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
