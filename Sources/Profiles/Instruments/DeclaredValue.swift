/// One number of a device, as its profile declares it: in a register, a bit or a line of text.
public struct DeclaredValue: Sendable, Hashable {
  /// How the number is written.
  public enum Encoding: String, Sendable, Hashable, CaseIterable {
    case u16, i16, u32, f32, bit
    /// Parts of the KP184's status block, high byte first.
    case u8, u24
    /// Written out in characters.
    case decimal

    /// 16-bit words that it takes; a bit counts as one.
    public var wordCount: Int { self == .u32 || self == .f32 ? 2 : 1 }
    /// Bytes that it takes in a block.
    public var byteCount: Int { self == .u8 ? 1 : self == .u24 ? 3 : wordCount * 2 }
  }

  /// Which of two words comes first.
  public enum WordOrder: String, Sendable, Hashable, CaseIterable {
    case highFirst = "high-first"
    case lowFirst = "low-first"
  }

  /// Physical units per count.
  public enum Scale: Sendable, Hashable {
    /// Always the same.
    case constant(Double)
    /// The scale of this name, found by what another register reads.
    case named(String)
  }

  /// How a line of text asks for a number or sets one.
  public struct TextAccess: Sendable, Hashable {
    /// What a reply looks like.
    public enum Shape: String, Sendable, Hashable, CaseIterable {
      /// Sign, digits, point and exponent, each but the digits optional.
      case float
      /// Sign and digits.
      case integer
    }

    /// The query, without its terminator; nil: cannot be read.
    public var query: String?
    /// The command, without its terminator; `{}` stands for the number. Nil: cannot be written.
    public var send: String?
    /// Digits after the point of a number that is sent.
    public var decimals: Int
    /// What the reply looks like, up to its end or to a comma.
    public var reply: Shape
  }

  /// Name in the profile.
  public var name: String
  /// Address on the wire, from 0.
  public var address: Int
  /// How it is written.
  public var encoding: Encoding
  /// Word order of two words.
  public var wordOrder: WordOrder
  /// Function that reads it (1, 2, 3, 4), or nil.
  public var readFunction: Int?
  /// Function that writes it (5, 6, 16, 23), or nil. Function 5 with `u16` is a raw request whose
  /// value is the number itself, as timed relays take it.
  public var writeFunction: Int?
  /// Units per count.
  public var scale: Scale
  /// Unit after scaling: `V`, `A`, `W`, `degC`, `s` or empty.
  public var unit: String
  /// Bits of the raw number that count, moved down to 0; nil: all of it.
  public var bits: ClosedRange<Int>?
  /// Byte in the KP184's status block where it begins; nil: a register.
  public var byte: Int?
  /// Lines of text that carry it; nil: no text device.
  public var text: TextAccess?
  /// Largest raw number that may be written; nil: all that fit.
  public var maxRaw: Int?
  /// Name of the value that must read 0 before this one may be written; nil: at any time.
  public var onlyWhileOff: String?
  /// Name of the value that shows what was written here, where this one cannot be read; nil: none does.
  public var shownBy: String?
  /// Raw counts (after the sign, before scaling) that mean a fault of the sensor.
  public var sentinels: [Int]
  /// What the device can deliver, in `unit`; nil: unknown.
  public var plausible: ClosedRange<Double>?
  /// The only physical values that may be written; nil: any that fits.
  public var allowedWrites: [Double]?
  /// Raw values that must never be written.
  public var deniedWrites: [Int]
  /// Writing it twice is as good as once, so that a write without reply may be sent again.
  public var isRepeatable: Bool
  /// Line in the profile, for errors.
  public var line: Int

  /// Whether it lies among coils or discrete inputs.
  public var isBit: Bool { encoding == .bit }
  /// Whether it can be read.
  public var isReadable: Bool { readFunction != nil || text?.query != nil }
  /// Whether it can be written.
  public var isWritable: Bool { writeFunction != nil || text?.send != nil }
  /// Addresses that it covers.
  public var addresses: ClosedRange<Int> { address...(address + encoding.wordCount - 1) }
}
