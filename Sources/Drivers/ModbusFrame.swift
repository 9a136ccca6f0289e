internal import Quantities

/// Requests and replies as bytes, for safe plans. Modbus application protocol V1.1b3, section 6.
struct ModbusFrame {
  let framing: SafePlan.Framing
  let unit: UInt8

  /// `body` (function and data) as it stands on the wire.
  func wrapped(_ body: [UInt8]) -> [UInt8] {
    // Transaction 0, protocol 0, length of unit and body.
    framing == .tcp
      ? [0, 0, 0, 0] + Self.bytes(UInt16(body.count + 1)) + [unit] + body
      : ModbusCRC.framed([unit] + body)
  }

  /// A mask over a wrapped reply: everything but the data must match, the data under `data`. The
  /// checksum counts only where nothing is free; otherwise its reader computes it.
  func mask(header: Int, data: [UInt8]) -> [UInt8] {
    let front = framing == .rtu ? 1 : 7
    let free = data.contains { $0 != 0xFF }
    let checksum: [UInt8] = framing == .rtu ? (free ? [0, 0] : [0xFF, 0xFF]) : []
    return Array(repeating: 0xFF, count: front + header) + data + checksum
  }

  /// Bytes before function and data.
  var front: Int { framing == .rtu ? 1 : 7 }

  static func bytes(_ word: UInt16) -> [UInt8] {
    [UInt8(truncatingIfNeeded: word >> 8), UInt8(truncatingIfNeeded: word)]
  }

  /// Function 1 to 4: request body.
  static func read(_ function: Int, address: Int, count: Int) -> [UInt8] {
    [UInt8(function)] + bytes(UInt16(address)) + bytes(UInt16(count))
  }

  /// Function 5 or 6: request body; the reply is its echo.
  static func writeOne(_ function: Int, address: Int, word: UInt16) -> [UInt8] {
    [UInt8(function)] + bytes(UInt16(address)) + bytes(word)
  }

  /// Function 16: request body; the reply is its first five bytes.
  static func writeMany(address: Int, words: [UInt16]) -> [UInt8] {
    [16] + bytes(UInt16(address)) + bytes(UInt16(words.count)) + [UInt8(words.count * 2)]
      + words.flatMap(bytes)
  }
}
