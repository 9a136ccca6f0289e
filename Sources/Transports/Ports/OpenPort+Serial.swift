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
  /// Flow control.
  public var flow: Flow

  /// Who may hold up the other side's bytes.
  public enum Flow: Sendable, Hashable, CustomStringConvertible {
    /// Nobody.
    case none
    /// By the lines RTS and CTS.
    case rtsCTS
    /// By the lines DTR and DSR; Linux has no such thing, and says so when the port is opened.
    case dtrDSR

    /// As profiles write it.
    public var description: String {
      switch self {
      case .none: "none"
      case .rtsCTS: "rts-cts"
      case .dtrDSR: "dtr-dsr"
      }
    }
  }

  /// A format from its parts, 8N1 without flow control unless said otherwise.
  public init(
    baud: Int, dataBits: Int = 8, parity: Character = "N", stopBits: Int = 1, flow: Flow = .none
  ) {
    self.flow = flow
    self.baud = baud
    self.dataBits = dataBits
    self.parity = parity
    self.stopBits = stopBits
  }
}

extension OpenPort {
  /// Opens a serial device (by libserialport) or pseudo-terminal (by termios) raw, exclusively
  /// (TIOCEXCL and flock) and with HUPCL off, so that no death drops DTR. Whether it may be opened is
  /// for `RigRecognition` to say first.
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
    if isRealSerial(path) { return try real(path, format, holding: port) }
    try check(lockstep_exclusive(descriptor), path, "exclusive use")
    guard format.flow == .none else {
      throw PortError("port \(path): a pseudo-terminal has no flow control: none is allowed")
    }
    try check(
      lockstep_serial_configure(
        descriptor, Int32(clamping: format.baud), Int32(clamping: format.dataBits),
        CChar(truncatingIfNeeded: format.parity.asciiValue ?? 0), Int32(clamping: format.stopBits)),
      path, "setting \(format.baud) \(format.dataBits)\(format.parity)\(format.stopBits)")
    try check(lockstep_set_nonblocking(descriptor, 0), path, "clearing O_NONBLOCK")
    return port
  }

  // `asked` showed that nobody uses the port; the library opens it anew.
  private static func real(
    _ path: String, _ format: SerialFormat, holding asked: consuming OpenPort
  ) throws(PortError) -> OpenPort {
    _ = consume asked
    let descriptor = try realSerial(path: path, format: format)
    let port = OpenPort(owning: descriptor, path: path)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw PortError("port \(path): in use by another program")
    }
    try check(lockstep_exclusive(descriptor), path, "exclusive use")
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else {
      throw PortError("port \(path): its settings fail: \(reason(errno))")
    }
    settings.c_cflag &= ~tcflag_t(HUPCL)
    settings.c_cc.6 = 1  // VMIN
    settings.c_cc.5 = 0  // VTIME
    guard tcsetattr(descriptor, TCSANOW, &settings) == 0 else {
      throw PortError("port \(path): HUPCL off fails: \(reason(errno))")
    }
    try check(lockstep_set_nonblocking(descriptor, 0), path, "clearing O_NONBLOCK")
    tcflush(descriptor, TCIFLUSH)
    return port
  }

  private static func check(
    _ code: Int32, _ path: String, _ what: String
  ) throws(PortError) {
    guard code == 0 else { throw PortError("port \(path): \(what) fails: \(reason(-code))") }
  }

  static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
