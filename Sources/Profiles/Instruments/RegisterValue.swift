/// One number in a device's registers or bits, as its profile declares it.
public struct RegisterValue: Sendable, Hashable {
  /// How the number is written.
  public enum Encoding: String, Sendable, Hashable, CaseIterable {
    case u16, i16, u32, f32, bit

    /// 16-bit words that it takes; a bit counts as one.
    public var wordCount: Int { self == .u32 || self == .f32 ? 2 : 1 }
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
  /// Bits of a raw word that count; 0xFFFF unless the profile says less.
  public var mask: Int
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
  /// Addresses that it covers.
  public var addresses: ClosedRange<Int> { address...(address + encoding.wordCount - 1) }
}
