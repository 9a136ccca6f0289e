public import Quantities

/// How a device is reached.
public struct BusTransport: Sendable, Hashable {
  /// Parity of a serial line.
  public enum Parity: String, Sendable, Hashable, CaseIterable { case none, even, odd }

  /// Who may hold up the other side's bytes.
  public enum FlowControl: String, Sendable, Hashable, CaseIterable {
    case none
    /// By the lines DTR and DSR.
    case dtrDSR = "dtr-dsr"
    /// By the lines RTS and CTS.
    case rtsCTS = "rts-cts"
  }

  /// What ends a line of text.
  public enum Terminator: String, Sendable, Hashable, CaseIterable {
    case lf, cr, crlf

    /// As it stands on the wire.
    public var bytes: [UInt8] {
      switch self {
      case .lf: [10]
      case .cr: [13]
      case .crlf: [13, 10]
      }
    }
  }

  /// Settings of a serial line.
  public struct Serial: Sendable, Hashable {
    /// Bits per second.
    public var baud: Int
    /// 7 or 8.
    public var dataBits: Int
    /// Parity.
    public var parity: Parity
    /// 1 or 2.
    public var stopBits: Int
    /// Flow control; none unless the profile says more.
    public var flow: FlowControl

    /// Bits on the wire per byte: start, data, parity and stop.
    public var bitsPerByte: Int { 1 + dataBits + (parity == .none ? 0 : 1) + stopBits }
    /// Wall time of `count` bytes on the wire.
    public func duration(ofBytes count: Int) -> Seconds {
      Seconds(Double(count * bitsPerByte) / Double(baud))
    }
    /// Silence between frames: 3.5 bytes, and 1.75 ms above 19200 baud (Modbus over serial line
    /// V1.02, 2.5.1.1).
    public var frameSilence: Seconds {
      baud > 19200 ? Seconds(0.00175) : Seconds(3.5 * duration(ofBytes: 1).value)
    }
  }

  /// How frames are built.
  public var dialect: FrameDialect
  /// Unit id, 0 to 247. Some devices answer only at 0, which Modbus has for broadcast. Text has none: 0.
  public var unit: Int
  /// What ends a line that we send; text only.
  public var terminator: Terminator
  /// Whether the device answers nothing before `open` took remote control.
  public var isRemoteToRead: Bool
  /// Serial settings, where the device has a serial port.
  public var serial: Serial?
  /// TCP port, where the device has one.
  public var tcpPort: Int?
}

/// What a device wants in time.
public struct BusTiming: Sendable, Hashable {
  /// Wall time to wait for a whole reply.
  public var replyTimeout: Seconds
  /// Silence before any request.
  public var gap: Seconds
  /// Silence after a write.
  public var gapAfterWrite: Seconds
  /// How often to try a read in all. Writes are never repeated blindly.
  public var readAttempts: Int
  /// Most words in one read.
  public var maxWords: Int
  /// Most bits in one read.
  public var maxBits: Int
  /// Age beyond which a reading counts as stale.
  public var ageLimit: Seconds
  /// Time from the command until the current has followed; nil: unknown.
  public var ramp: Seconds?
}
