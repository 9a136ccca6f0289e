public import Quantities

/// What the bytes received so far mean for one request. Pure.
///
/// The line may still carry what the dead controller left: half a reply, a whole late one, noise. The
/// reply's length is known from the expected one, so it is searched at every offset instead of
/// being parsed from the first byte.
public enum ReplyMatch: Sendable, Hashable {
  /// The expected reply, whole, checksum or header right.
  case found([UInt8])
  /// The device refused with this Modbus exception code.
  case refused(UInt8)
  /// Neither so far.
  case notYet

  /// Looks for the reply to `request` (as sent: with its transaction id) in `received`.
  public static func find(
    _ exchange: SafePlan.Exchange, request: [UInt8], framing: SafePlan.Framing,
    in received: [UInt8]
  ) -> ReplyMatch {
    if let order = framing.checksumOrder {
      return kp184(exchange, request: request, order, in: received)
    }
    if framing == .text { return text(exchange, in: received) }
    let count = exchange.reply.count
    for start in starts(of: count, in: received) {
      let window = received[start..<start + count]
      if matches(window, exchange, request, framing) { return .found(Array(window)) }
    }
    let refusal = refusal(of: request, framing)
    for start in starts(of: refusal.count + (framing == .rtu ? 3 : 1), in: received) {
      guard received[start...].starts(with: refusal) else { continue }
      let code = received[start + refusal.count]
      if framing == .tcp { return .refused(code) }
      let frame = Array(received[start..<start + refusal.count + 3])
      if ModbusCRC.framed(refusal + [code]) == frame { return .refused(code) }
    }
    return .notYet
  }

  private static func starts(of count: Int, in received: [UInt8]) -> Range<Int> {
    received.count < count ? 0..<0 : 0..<(received.count - count + 1)
  }

  private static func matches(
    _ window: ArraySlice<UInt8>, _ exchange: SafePlan.Exchange, _ request: [UInt8],
    _ framing: SafePlan.Framing
  ) -> Bool {
    let bytes = Array(window)
    // The transaction id is ours; a reply to an earlier request carries another.
    let compared = framing == .tcp ? 2 : 0
    if framing == .tcp, !bytes.starts(with: request.prefix(2)) { return false }
    for i in compared..<bytes.count {
      if (bytes[i] ^ exchange.reply[i]) & exchange.replyMask[i] != 0 { return false }
    }
    return framing == .tcp || ModbusCRC.framed(Array(bytes.dropLast(2))) == bytes
  }

  /// How an exception reply to `request` begins, up to its code.
  private static func refusal(of request: [UInt8], _ framing: SafePlan.Framing) -> [UInt8] {
    framing == .tcp
      ? [request[0], request[1], 0, 0, 0, 3, request[6], request[7] | 0x80]
      : [request[0], request[1] | 0x80]
  }
}
