/// Numbers in registers, the high word first.
package enum RegisterWords {
  /// An IEEE 754 single in two words, order ABCD.
  package static func float(_ value: Double) -> [UInt16] {
    let bits = Float(value).bitPattern
    return [UInt16(truncatingIfNeeded: bits >> 16), UInt16(truncatingIfNeeded: bits)]
  }

  /// The single in two words, order ABCD.
  package static func float(_ high: UInt16, _ low: UInt16) -> Double {
    Double(Float(bitPattern: UInt32(high) << 16 | UInt32(low)))
  }

  /// `value` in counts of `scale` as an unsigned word, clamped to what fits.
  package static func unsigned(_ value: Double, scale: Double) -> UInt16 {
    guard value.isFinite else { return 0 }
    return UInt16(min(max((value / scale).rounded(), 0), 65_535))
  }

  /// `value` in counts of `scale` as a two's complement word, clamped to what fits.
  package static func signed(_ value: Double, scale: Double) -> UInt16 {
    guard value.isFinite else { return 0 }
    return UInt16(bitPattern: Int16(min(max((value / scale).rounded(), -32_768), 32_767)))
  }

  /// A 32-bit count in two words.
  package static func long(_ value: UInt32) -> [UInt16] {
    [UInt16(truncatingIfNeeded: value >> 16), UInt16(truncatingIfNeeded: value)]
  }
}
