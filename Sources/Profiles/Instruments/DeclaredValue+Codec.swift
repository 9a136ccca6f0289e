public import Quantities

/// One or two 16-bit words in the order in which they stand on the wire.
public struct RegisterWords: Sendable, Hashable {
  /// The word at the lower address.
  public var first: UInt16
  /// The word after it; 0 when there is none.
  public var second: UInt16
  /// 1 or 2.
  public var count: Int

  /// Words as they stand on the wire.
  public init(_ first: UInt16, _ second: UInt16? = nil) {
    self.first = first
    self.second = second ?? 0
    count = second == nil ? 1 : 2
  }

  /// The words as an array.
  public var array: [UInt16] { count == 1 ? [first] : [first, second] }
}

extension DeclaredValue {
  /// The number of counts in `words`, after bits and sign and before scaling. A bit is 0 or 1.
  public func count(in words: RegisterWords) -> Double {
    encoding.wordCount == 1 ? count(raw: UInt32(words.first)) : count(raw: joined(words))
  }

  /// The number of counts in the number `raw` as it stands on the wire.
  public func count(raw: UInt32) -> Double {
    if let bits { return Double((UInt64(raw) >> bits.lowerBound) & ((1 << bits.count) - 1)) }
    switch encoding {
    case .bit: return raw & 1 == 0 ? 0 : 1
    case .i16: return Double(Int16(truncatingIfNeeded: raw))
    case .f32: return Double(Float(bitPattern: raw))
    case .u8, .u16, .u24, .u32, .decimal: return Double(raw)
    }
  }

  /// The physical value in `words` and what it is worth. `scale` is the value's units per count.
  public func decode(_ words: RegisterWords, scale: Double) -> (value: Double, quality: Quality) {
    decode(count: count(in: words), scale: scale)
  }

  /// The physical value of `count` counts and what it is worth.
  public func decode(count: Double, scale: Double) -> (value: Double, quality: Quality) {
    // By index: in builds without optimisation an iterator allocates.
    for index in sentinels.indices where Double(sentinels[index]) == count {
      return (.nan, .sensorFault)
    }
    let value = count * scale
    guard value.isFinite, plausible?.contains(value) ?? true else { return (value, .implausible) }
    return (value, .good)
  }

  /// The counts that stand for `value`, as near as the device can hold it; nil when it is not finite
  /// or does not fit. Zero is zero on every scale, also on one that is not known (NaN).
  public func nearestCount(to value: Double, scale: Double) -> Double? {
    guard value.isFinite else { return nil }
    let exact = value == 0 ? 0 : value / scale
    let count: Double
    switch encoding {
    case .f32: count = Double(Float(exact))
    case .decimal: count = (exact * decimalUnits).rounded() / decimalUnits
    default: count = exact.rounded()
    }
    guard count.isFinite, count <= maxRaw.map(Double.init) ?? .infinity else { return nil }
    // Written whole, the bits that do not count are 0.
    if let bits, bits.lowerBound > 0 || count >= Double(1 << bits.count) { return nil }
    let fits =
      switch encoding {
      case .bit: count == 0 || count == 1
      case .u8: UInt8(exactly: count) != nil
      case .u16: UInt16(exactly: count) != nil
      case .i16: Int16(exactly: count) != nil
      case .u24: 0...0xFF_FFFF ~= count
      case .u32: UInt32(exactly: count) != nil
      case .f32: true
      case .decimal: abs(count) <= Self.largestDecimal
      }
    return fits ? count : nil
  }

  /// The words that stand for `count`, which must fit (`nearestCount`).
  public func words(for count: Double) -> RegisterWords? {
    switch encoding {
    case .f32: split(Float(count).bitPattern)
    case .i16: Int16(exactly: count).map { RegisterWords(UInt16(bitPattern: $0)) }
    case .u32: UInt32(exactly: count).map { split($0) }
    case .bit, .u16: UInt16(exactly: count).map { RegisterWords($0) }
    case .u8, .u24, .decimal: nil
    }
  }

  /// The words that stand for `value`; nil when it is not finite or does not fit.
  public func encode(_ value: Double, scale: Double) -> RegisterWords? {
    nearestCount(to: value, scale: scale).flatMap { words(for: $0) }
  }

  /// Half the step between two values that the device can hold near `value`, in its unit.
  public func resolution(near value: Double, scale: Double) -> Double {
    switch encoding {
    case .f32: Double(Float(value / scale).ulp) * scale
    case .decimal: scale / decimalUnits / 2
    default: scale / 2
    }
  }

  /// Largest number that is written out in characters: every digit is exact.
  public static let largestDecimal = 1e9

  /// Counts of the last digit in 1.
  private var decimalUnits: Double {
    var units = 1.0
    for _ in 0..<(text?.decimals ?? 0) { units *= 10 }
    return units
  }

  private func joined(_ words: RegisterWords) -> UInt32 {
    wordOrder == .highFirst
      ? UInt32(words.first) << 16 | UInt32(words.second)
      : UInt32(words.second) << 16 | UInt32(words.first)
  }

  private func split(_ bits: UInt32) -> RegisterWords {
    let high = UInt16(truncatingIfNeeded: bits >> 16), low = UInt16(truncatingIfNeeded: bits)
    return wordOrder == .highFirst ? RegisterWords(high, low) : RegisterWords(low, high)
  }
}
