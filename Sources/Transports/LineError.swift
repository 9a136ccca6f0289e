private import Glibc

/// Why an exchange with a device failed. Shown as `load: no reply reading 0x0B00 within 500 ms`.
///
/// Plain data: the line is composed when it is asked for.
public struct LineError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong: an errno of the system or of libmodbus. Open, because libmodbus may add some.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The number.
    public var rawValue: Int32
    /// A code from its number.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    // MODBUS_ENOBASE and what libmodbus counts from it; its macros over enums do not import.
    private static let base: Int32 = 112_345_678

    /// No whole reply in time.
    public static let timeout = Code(rawValue: ETIMEDOUT)
    /// The other side hung up.
    public static let connectionReset = Code(rawValue: ECONNRESET)
    /// No usable descriptor.
    public static let badDescriptor = Code(rawValue: EBADF)
    /// An argument that no Modbus frame can carry.
    public static let invalid = Code(rawValue: EINVAL)
    /// The device speaks another dialect than the line.
    public static let otherDialect = Code(rawValue: EPROTO)
    /// Checksum of the reply is wrong.
    public static let badChecksum = Code(rawValue: base + 12)
    /// The reply does not belong to the request.
    public static let badReply = Code(rawValue: base + 13)
    /// The reply is an exception of a number that is none.
    public static let badException = Code(rawValue: base + 14)
    /// More data in the reply than was asked for.
    public static let tooMuchData = Code(rawValue: base + 16)
    /// The reply comes from another unit.
    public static let wrongUnit = Code(rawValue: base + 17)
    /// The device answered with exception `number` (1 to 11).
    public static func exception(_ number: Int) -> Code { Code(rawValue: base + Int32(number)) }

    /// The number of the exception that the device answered with, or nil.
    public var exceptionNumber: Int? {
      let number = rawValue - Self.base
      return 1...11 ~= number ? Int(number) : nil
    }
  }

  /// What was tried.
  public enum Operation: Sendable, Hashable {
    case opening, reading, writing

    var word: String {
      switch self {
      case .opening: "opening"
      case .reading: "reading"
      case .writing: "writing"
      }
    }
  }

  /// What an exchange was about.
  public enum Subject: Sendable, Hashable {
    /// An address on the wire.
    case address(Int)
    /// A line of text.
    case text(String)
    /// The descriptor that was to be used.
    case descriptor(Int32)
  }

  /// What went wrong.
  public var code: Code
  /// Name of the instrument.
  public var instrument: String
  /// Unit id.
  public var unit: Int
  /// What the exchange was about.
  public var subject: Subject
  /// What was tried.
  public var operation: Operation
  /// The reply timeout in force, ms.
  public var timeoutMilliseconds: Int

  /// An error from its parts.
  public init(
    _ code: Code, instrument: String, unit: Int, subject: Subject, operation: Operation,
    timeoutMilliseconds: Int
  ) {
    self.code = code
    self.instrument = instrument
    self.unit = unit
    self.subject = subject
    self.operation = operation
    self.timeoutMilliseconds = timeoutMilliseconds
  }

  /// Whether the device itself refused, so that trying again makes no sense.
  public var isRefusal: Bool { code.exceptionNumber != nil }

  /// The one line.
  public var description: String {
    let subject = subjectText
    if operation == .opening { return "\(instrument): \(subject): \(problem)" }
    if code == .timeout {
      return "\(instrument): no reply \(operation.word) \(subject) within "
        + "\(timeoutMilliseconds) ms"
    }
    return "\(instrument): \(problem) \(operation.word) \(subject)"
  }

  private var subjectText: String {
    switch subject {
    case .address(let address):
      let digits = String(address, radix: 16, uppercase: true)
      return "0x" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    case .text(let text): return text
    case .descriptor(let number): return "descriptor \(number)"
    }
  }

  private static let exceptions = [
    "illegal function", "illegal data address", "illegal data value", "device failure",
    "acknowledge", "device busy", "negative acknowledge", "memory parity error", "not defined",
    "gateway path unavailable", "gateway target does not answer",
  ]

  private var problem: String {
    if let number = code.exceptionNumber {
      return "exception \(number) (\(Self.exceptions[number - 1]))"
    }
    switch code {
    case .otherDialect: return "no Modbus device, by its profile"
    case .badChecksum: return "bad checksum"
    case .badReply: return "a reply that does not fit"
    case .badException: return "an unknown exception"
    case .tooMuchData: return "too much data"
    case .wrongUnit: return "a reply from another unit than \(unit)"
    case .connectionReset: return "connection closed"
    case .badDescriptor: return "not open, or not below \(ModbusLine.descriptorLimit)"
    case .invalid: return "no frame can carry this:"
    default: return String(cString: strerror(code.rawValue))
    }
  }
}
