import CRealtime
import Glibc

/// The format of characters on a serial line.
public struct SerialFormat: Sendable, Hashable {
  /// Bits per second, one of the system's standard rates.
  public var baud: Int
  /// 7 or 8.
  public var dataBits: Int
  /// `N`, `E` or `O`.
  public var parity: Character
  /// 1 or 2.
  public var stopBits: Int

  /// A format from its parts, 8N1 unless said otherwise.
  public init(baud: Int, dataBits: Int = 8, parity: Character = "N", stopBits: Int = 1) {
    self.baud = baud
    self.dataBits = dataBits
    self.parity = parity
    self.stopBits = stopBits
  }
}

extension OpenPort {
  /// Opens a serial device or pseudo-terminal raw, exclusively (TIOCEXCL and flock) and with HUPCL off, so
  /// that no death drops DTR. Whether it may be opened is for `RigRecognition` to say first.
  public static func serial(
    path: String, format: SerialFormat
  ) throws(PortError) -> OpenPort {
    // O_NONBLOCK for the open alone: without a carrier it could wait for ever.
    let descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw PortError("port \(path): open fails: \(reason(errno))") }
    let port = OpenPort(owning: descriptor, path: path)
    guard isatty(descriptor) == 1 else {
      throw PortError("port \(path): not a serial device or pseudo-terminal")
    }
    // Binds root too, whom TIOCEXCL does not, and every program that asks before it opens.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw PortError("port \(path): in use by another program")
    }
    try check(lockstep_exclusive(descriptor), path, "exclusive use")
    try check(
      lockstep_serial_configure(
        descriptor, Int32(clamping: format.baud), Int32(clamping: format.dataBits),
        CChar(truncatingIfNeeded: format.parity.asciiValue ?? 0), Int32(clamping: format.stopBits)),
      path, "setting \(format.baud) \(format.dataBits)\(format.parity)\(format.stopBits)")
    try check(lockstep_set_nonblocking(descriptor, 0), path, "clearing O_NONBLOCK")
    return port
  }

  private static func check(
    _ code: Int32, _ path: String, _ what: String
  ) throws(PortError) {
    guard code == 0 else { throw PortError("port \(path): \(what) fails: \(reason(-code))") }
  }

  static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
