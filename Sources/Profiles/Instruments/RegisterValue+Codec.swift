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

extension RegisterValue {
  /// The number of counts in `words`, after mask and sign and before scaling. A bit is 0 or 1.
  public func count(in words: RegisterWords) -> Double {
    switch encoding {
    case .bit: return words.first & 1 == 0 ? 0 : 1
    case .u16: return Double(Int(words.first) & mask)
    case .i16: return Double(Int16(bitPattern: words.first))
    case .u32: return Double(joined(words))
    case .f32: return Double(Float(bitPattern: joined(words)))
    }
  }

  /// The physical value in `words` and what it is worth. `scale` is the value's units per count.
  public func decode(_ words: RegisterWords, scale: Double) -> (value: Double, quality: Quality) {
    let count = count(in: words)
    // By index: in builds without optimisation an iterator allocates.
    for index in sentinels.indices where Double(sentinels[index]) == count {
      return (.nan, .sensorFault)
    }
    let value = count * scale
    guard value.isFinite, plausible?.contains(value) ?? true else { return (value, .implausible) }
    return (value, .good)
  }

  /// The words that stand for `value`, rounded to the nearest count; nil when it is not finite or
  /// does not fit. Zero is zero on every scale, also on one that is not known (NaN).
  public func encode(_ value: Double, scale: Double) -> RegisterWords? {
    guard value.isFinite else { return nil }
    if encoding == .f32 {
      let float = Float(value == 0 ? 0 : value / scale)
      return float.isFinite ? split(float.bitPattern) : nil
    }
    let count = value == 0 ? 0 : (value / scale).rounded()
    switch encoding {
    case .bit: return count == 0 || count == 1 ? RegisterWords(UInt16(count)) : nil
    case .u16: return UInt16(exactly: count).map { RegisterWords($0) }
    case .i16: return Int16(exactly: count).map { RegisterWords(UInt16(bitPattern: $0)) }
    case .u32: return UInt32(exactly: count).map { split($0) }
    case .f32: return nil
    }
  }

  /// Half the step between two values that the register can hold near `value`, in its unit.
  public func resolution(near value: Double, scale: Double) -> Double {
    guard encoding == .f32 else { return scale / 2 }
    return Double(Float(value / scale).ulp) * scale
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
