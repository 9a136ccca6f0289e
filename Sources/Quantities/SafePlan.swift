/// What the guard replays when the controller cannot: data, not code.
///
/// Devices are in the order in which they are made safe by the guard (contactor first). Compiled from
/// the profiles' safe procedures before any output is on; carried to the guard as bytes
/// (`SafePlan+Coding.swift`), so that the guard parses no file.
public struct SafePlan: Sendable, Hashable {
  /// How requests and replies are framed on a port.
  public enum Framing: UInt8, Sendable, Hashable {
    /// Modbus RTU; frames below carry their CRC.
    case rtu = 0
    /// Modbus TCP; frames below carry their MBAP header, transaction id 0.
    case tcp = 1
    /// The KP184's frames; frames below carry their checksum, high byte first. Writes are proven by
    /// any of its three acknowledgements, reads by `reply` under `replyMask`.
    case kp184HighFirst = 2
    /// The same, low byte first.
    case kp184LowFirst = 3
    /// Lines of text with their terminators. An empty `reply` waits for nothing: text devices
    /// acknowledge nothing. Otherwise the reply is a line whose number is the one in `reply`, or
    /// any number where `replyMask` is 0.
    case text = 4
  }

  /// One request and the reply that proves it was taken.
  public struct Exchange: Sendable, Hashable {
    /// What it does, for the guard's log: `psu: output off`.
    public var purpose: String
    /// The whole request as sent on the wire.
    public var request: [UInt8]
    /// The reply's expected bytes; compared under `replyMask`.
    public var reply: [UInt8]
    /// 0xFF where a reply byte must match, 0 where anything may stand; same count as `reply`.
    /// CRC bytes of replies with free content are masked out here and checked by computation.
    public var replyMask: [UInt8]
    /// Wall time to wait for the whole reply.
    public var replyTimeoutMilliseconds: UInt32
    /// Silence on the wire before the request may be sent.
    public var gapMilliseconds: UInt32
    /// How often to try in all; every exchange in a safe plan is idempotent.
    public var attempts: UInt32

    /// An exchange from its parts.
    public init(
      purpose: String, request: [UInt8], reply: [UInt8], replyMask: [UInt8],
      replyTimeoutMilliseconds: UInt32, gapMilliseconds: UInt32, attempts: UInt32
    ) {
      self.purpose = purpose
      self.request = request
      self.reply = reply
      self.replyMask = replyMask
      self.replyTimeoutMilliseconds = replyTimeoutMilliseconds
      self.gapMilliseconds = gapMilliseconds
      self.attempts = attempts
    }
  }

  /// What makes one device safe.
  public struct Device: Sendable, Hashable {
    /// The instrument's name on the bench.
    public var name: String
    /// The inherited descriptor that its bytes flow through.
    public var descriptor: Int32
    /// How its port frames.
    public var framing: Framing
    /// In order.
    public var exchanges: [Exchange]

    /// A device's plan from its parts.
    public init(name: String, descriptor: Int32, framing: Framing, exchanges: [Exchange]) {
      self.name = name
      self.descriptor = descriptor
      self.framing = framing
      self.exchanges = exchanges
    }
  }

  /// How a number is read out of a reply.
  public enum NumberFormat: UInt8, Sendable, Hashable {
    /// IEEE 754 single, high byte and high word first.
    case float32BigEndian = 0
    /// Signed 16-bit, high byte first.
    case int16BigEndian = 1
    /// Unsigned 16-bit, high byte first.
    case uint16BigEndian = 2
    /// The number in a line of text.
    case decimalText = 3
  }

  /// How the guard knows that the current is gone: a meter's reading, never an echo.
  public struct ZeroCurrent: Sendable, Hashable {
    /// The meter's descriptor, framing and the read that carries the current.
    public var device: Device
    /// Where the number starts in the reply, in bytes.
    public var offset: UInt32
    /// How it is written.
    public var format: NumberFormat
    /// Amperes per count.
    public var scale: Double
    /// Offset of the meter, subtracted after scaling, A.
    public var zero: Double
    /// Gone means |I| below this, A.
    public var threshold: Double
    /// In this many consecutive readings.
    public var readings: UInt32
    /// Wall time from the first reading until the guard gives up and says so.
    public var timeoutMilliseconds: UInt32

    /// A verification from its parts.
    public init(
      device: Device, offset: UInt32, format: NumberFormat, scale: Double, zero: Double,
      threshold: Double, readings: UInt32, timeoutMilliseconds: UInt32
    ) {
      self.device = device
      self.offset = offset
      self.format = format
      self.scale = scale
      self.zero = zero
      self.threshold = threshold
      self.readings = readings
      self.timeoutMilliseconds = timeoutMilliseconds
    }
  }

  /// In the guard's order: contactor first.
  public var devices: [Device]
  /// How to know that the current is gone.
  public var verification: ZeroCurrent
  /// Silence of the heart after which the controller counts as hung, ms of wall time.
  public var heartbeatSilenceMilliseconds: UInt32
  /// Meters and thermometers that are asked once a second after a trip; reads only.
  public var watch: [Device]
  /// How long they are, s of wall time; 0: not at all.
  public var watchSeconds: UInt32

  /// A plan from its parts.
  public init(
    devices: [Device], verification: ZeroCurrent, heartbeatSilenceMilliseconds: UInt32,
    watch: [Device] = [], watchSeconds: UInt32 = 0
  ) {
    self.devices = devices
    self.verification = verification
    self.heartbeatSilenceMilliseconds = heartbeatSilenceMilliseconds
    self.watch = watch
    self.watchSeconds = watchSeconds
  }
}
