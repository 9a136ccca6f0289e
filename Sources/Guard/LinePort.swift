import CRealtime
import Glibc

/// The bytes of one port, without ever waiting.
struct LinePort {
  let descriptor: Int32

  /// What a read or write gave.
  enum Result {
    /// So many bytes; 0: none now.
    case taken(Int)
    /// The port failed with this errno.
    case failed(Int32)
  }

  /// Takes the port over: the controller is dead, its choice of blocking or not no longer matters.
  func takeOver() { _ = lockstep_set_nonblocking(descriptor, 1) }

  /// Whether bytes of the dead controller are still to leave. Not to be asked of a network: those that
  /// nobody acknowledged yet count too.
  var outputIsPending: Bool { lockstep_output_pending(descriptor) > 0 }

  func read(into buffer: inout [UInt8]) -> Result {
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    return count == 0 ? .failed(EPIPE) : Self.result(count)
  }

  func write(_ bytes: ArraySlice<UInt8>) -> Result {
    Self.result(bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) })
  }

  /// Drops what nobody takes; on a network nothing can be dropped.
  func dropOutput() { tcflush(descriptor, TCOFLUSH) }

  private static func result(_ count: Int) -> Result {
    // It does not block, so that it is not interrupted either.
    if count >= 0 { return .taken(count) }
    return errno == EAGAIN ? .taken(0) : .failed(errno)
  }
}
