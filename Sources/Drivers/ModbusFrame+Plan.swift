internal import Profiles
internal import Quantities

extension ModbusFrame: PlanFrames {
  func write(_ count: Double, _ value: DeclaredValue) -> PlannedFrame {
    let words = value.words(for: count) ?? RegisterWords(0)
    let body: [UInt8]
    switch value.writeFunction {
    case 5 where value.isBit:
      body = Self.writeOne(5, address: value.address, word: words.first & 1 == 0 ? 0 : 0xFF00)
    case 5: body = Self.writeOne(5, address: value.address, word: words.first)
    case 6: body = Self.writeOne(6, address: value.address, word: words.first)
    default: body = Self.writeMany(address: value.address, words: words.array)
    }
    let reply = Array(body.prefix(5))
    return PlannedFrame(
      request: wrapped(body), reply: wrapped(reply), mask: mask(header: reply.count, data: []))
  }

  func check(_ wanted: Double, _ value: DeclaredValue) -> PlannedFrame? {
    guard let (raw, mask) = value.rawPattern(of: wanted) else { return nil }
    // Bits beyond the one that was asked for are padding, and some devices fill it.
    return reading(value, data: data(raw, value), mask: data(mask, value))
  }

  func read(_ value: DeclaredValue) -> (frame: PlannedFrame, offset: Int)? {
    let free = [UInt8](repeating: 0, count: value.encoding.wordCount * 2)
    return (reading(value, data: free, mask: free), front + 2)
  }

  private func reading(_ value: DeclaredValue, data: [UInt8], mask: [UInt8]) -> PlannedFrame {
    let function = value.readFunction ?? 3
    let body = Self.read(function, address: value.address, count: value.encoding.wordCount)
    return PlannedFrame(
      request: wrapped(body), reply: wrapped([UInt8(function), UInt8(data.count)] + data),
      mask: self.mask(header: 2, data: mask))
  }

  private func data(_ raw: UInt32, _ value: DeclaredValue) -> [UInt8] {
    let high = UInt16(truncatingIfNeeded: raw >> 16), low = UInt16(truncatingIfNeeded: raw)
    if value.isBit { return [UInt8(truncatingIfNeeded: raw)] }
    guard value.encoding.wordCount == 2 else { return Self.bytes(low) }
    return value.wordOrder == .highFirst
      ? Self.bytes(high) + Self.bytes(low) : Self.bytes(low) + Self.bytes(high)
  }
}
