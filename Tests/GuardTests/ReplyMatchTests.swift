import Guard
import Quantities
import Testing

@Suite struct ReplyMatchTests {
  private func exchange(_ request: [UInt8], _ reply: [UInt8], free: Range<Int> = 0..<0)
    -> SafePlan.Exchange
  {
    let mask = reply.indices.map { free.contains($0) ? UInt8(0) : 0xFF }
    return SafePlan.Exchange(
      purpose: "", request: request, reply: reply, replyMask: mask, replyTimeoutMilliseconds: 1,
      gapMilliseconds: 0, attempts: 1)
  }

  @Test("SAF-001 a serial reply is found behind any noise, and only with its checksum")
  func serial() {
    let read = exchange(framed([3, 4, 0, 2, 0, 2]), framed([3, 4, 4, 0, 0, 0, 0]), free: 3..<9)
    let reply = framed([3, 4, 4, 0x3F, 0xC0, 0, 0])
    func find(_ bytes: [UInt8]) -> ReplyMatch {
      .find(read, request: read.request, framing: .rtu, in: bytes)
    }
    for noise in [[], [3], [3, 4, 4], Array(reply.prefix(8)), [0xFF, 0, 0xFF]] {
      #expect(find(noise + reply) == .found(reply))
      #expect(find(noise + reply.dropLast()) == .notYet)
      for byte in reply.indices {
        var damaged = reply
        damaged[byte] ^= 0x08
        #expect(find(noise + damaged) == .notYet)
      }
      #expect(find(noise + framed([3, 0x84, 2])) == .refused(2))
    }
    // Somebody else's reply and refusal.
    #expect(find(framed([2, 4, 4, 0x3F, 0xC0, 0, 0]) + framed([2, 0x84, 2])) == .notYet)
  }

  @Test("SAF-001 on TCP replies to earlier requests are passed over")
  func network() {
    let off = exchange(
      [0, 0, 0, 0, 0, 6, 1, 6, 0, 18, 0, 0], [0, 0, 0, 0, 0, 6, 1, 6, 0, 18, 0, 0])
    let request: [UInt8] = [0x4C, 1] + off.request.dropFirst(2)
    let stale: [UInt8] = [0x4C, 0] + off.request.dropFirst(2)
    func find(_ bytes: [UInt8]) -> ReplyMatch {
      .find(off, request: request, framing: .tcp, in: bytes)
    }
    #expect(find(stale) == .notYet)
    #expect(find(stale + request) == .found(request))
    #expect(find(stale.suffix(5) + stale + request) == .found(request))
    #expect(find([0x4C, 1, 0, 0, 0, 3, 1, 0x86, 4]) == .refused(4))
    #expect(find([0x4C, 0, 0, 0, 0, 3, 1, 0x86, 4]) == .notYet)
  }

  @Test("SAF-001 on TCP each byte behind the transaction id counts, unless the plan leaves it free")
  func networkBytes() {
    let reply: [UInt8] = [0, 0, 0, 0, 0, 6, 1, 6, 0, 18, 0, 0]
    let request: [UInt8] = [0x4C, 1] + reply.dropFirst(2)
    for byte in reply.indices {
      var other = request
      other[byte] ^= 0x08
      for (free, found) in [(0..<0, false), (byte..<byte + 1, byte >= 2)] {
        let order = exchange(reply, reply, free: free)
        #expect(
          ReplyMatch.find(order, request: request, framing: .tcp, in: other)
            == (found ? .found(other) : .notYet))
      }
    }
  }

  @Test("SAF-001 the current is read as the meter writes it; NaN is never gone")
  func current() {
    func proof(_ format: SafePlan.NumberFormat, scale: Double, zero: Double)
      -> SafePlan.ZeroCurrent
    {
      .init(
        device: .init(name: "meter", descriptor: 3, framing: .rtu, exchanges: []), offset: 1,
        format: format, scale: scale, zero: zero, threshold: 0.02, readings: 3,
        timeoutMilliseconds: 1)
    }
    let float = proof(.float32BigEndian, scale: 1, zero: 0.25)
    #expect(float.current(in: [9, 0x3F, 0xC0, 0, 0]) == 1.25)
    #expect(float.current(in: [9, 0x3F, 0xC0, 0]) == nil)
    #expect(float.current(in: [9, 0x7F, 0xC0, 0, 0]).map(float.isGone) == false)
    #expect(proof(.int16BigEndian, scale: 0.5, zero: 0).current(in: [9, 0xFF, 0xFE]) == -1)
    #expect(proof(.uint16BigEndian, scale: 0.5, zero: 0).current(in: [9, 0xFF, 0xFE]) == 32_767)
    #expect(float.isGone(-0.019) && !float.isGone(0.02) && !float.isGone(-0.02))
  }
}
