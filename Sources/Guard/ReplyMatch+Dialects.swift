internal import Quantities

extension ReplyMatch {
  /// A KP184's reply: to a read by its fixed length (its length byte lies), to a write by any of three
  /// acknowledgements. No source knows how it refuses.
  static func kp184(
    _ exchange: SafePlan.Exchange, request: [UInt8], _ order: KP184Frame.ChecksumOrder,
    in received: [UInt8]
  ) -> ReplyMatch {
    guard request.count >= 8 else { return .notYet }
    let address = Int(request[2]) << 8 | Int(request[3])
    return received.withUnsafeBufferPointer { bytes in
      if request[1] == 6 {
        let found = KP184Frame.acknowledgement(
          unit: request[0], address: address, order: order, in: bytes)
        return found.map { .found(Array(bytes[$0.start..<$0.start + $0.count])) } ?? .notYet
      }
      let count = exchange.reply.count
      var from = 0
      // A reply whose data do not match may stand before one whose do.
      while let data = KP184Frame.data(
        unit: request[0], count: count - 5, order: order,
        in: UnsafeBufferPointer(rebasing: bytes[from...]))
      {
        let start = from + data - 3
        let window = bytes[start..<start + count]
        let matches = exchange.reply.indices.allSatisfy {
          (window[start + $0] ^ exchange.reply[$0]) & exchange.replyMask[$0] == 0
        }
        if matches { return .found(Array(window)) }
        from = start + 1
      }
      return .notYet
    }
  }

  /// A line of text whose number is the expected one, or any where the mask says so.
  static func text(_ exchange: SafePlan.Exchange, in received: [UInt8]) -> ReplyMatch {
    guard !exchange.reply.isEmpty else { return .found([]) }
    let isFree = exchange.replyMask.allSatisfy { $0 == 0 }
    let wanted = exchange.reply.withUnsafeBufferPointer { DecimalText.number(in: $0) }
    var line: [UInt8] = []
    for byte in received {
      guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
        line.append(byte)
        continue
      }
      let number = line.withUnsafeBufferPointer { DecimalText.number(in: $0) }
      if let number, isFree || number == wanted { return .found(line) }
      line = []
    }
    return .notYet
  }
}
