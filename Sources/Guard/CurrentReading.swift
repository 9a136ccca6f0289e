public import Quantities

extension SafePlan.ZeroCurrent {
  /// The current in a meter's reply, A, positive when it charges; nil when the reply is too short.
  public func current(in reply: [UInt8]) -> Double? {
    if format == .decimalText {
      return reply.withUnsafeBufferPointer { DecimalText.number(in: $0) }.map { $0 * scale - zero }
    }
    let start = Int(offset)
    let size = format == .float32BigEndian ? 4 : 2
    guard reply.count >= start + size else { return nil }
    let word = reply[start..<start + size].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    let counts =
      switch format {
      case .float32BigEndian: Double(Float(bitPattern: word))
      case .int16BigEndian: Double(Int16(bitPattern: UInt16(truncatingIfNeeded: word)))
      case .uint16BigEndian, .decimalText: Double(word)
      }
    return counts * scale - zero
  }

  /// Whether a current counts as gone; NaN never does.
  public func isGone(_ current: Double) -> Bool { abs(current) < threshold }
}
