import Guard
import Quantities
import Testing

/// Replies of devices that do not speak Modbus: the KP184 and those that speak lines of text.
@Suite struct DialectReplyTests {
  private static let orders: [SafePlan.Framing] = [.kp184HighFirst, .kp184LowFirst]
  private static let noises: [[UInt8]] = [
    [], [1], [1, 6], [1, 6, 1, 0x0E, 0, 1, 4], [0xFF, 0, 0x13, 1, 3, 4],
  ]

  private func exchange(_ request: [UInt8], _ reply: [UInt8] = [], free: Set<Int> = [])
    -> SafePlan.Exchange
  {
    SafePlan.Exchange(
      purpose: "", request: request, reply: reply,
      replyMask: reply.indices.map { free.contains($0) ? 0 : 0xFF }, replyTimeoutMilliseconds: 1,
      gapMilliseconds: 0, attempts: 1)
  }

  /// Sealed by the oracle's CRC, which is low byte first, in a device's order.
  private func sealed(_ body: [UInt8], _ framing: SafePlan.Framing) -> [UInt8] {
    body + (framing == .kp184LowFirst ? crc(body) : crc(body).reversed())
  }

  private func other(_ framing: SafePlan.Framing) -> SafePlan.Framing {
    framing == .kp184LowFirst ? .kp184HighFirst : .kp184LowFirst
  }

  @Test("SAF-001 what a KP184 said on a wire proves that its order was taken")
  func captured() {
    // github:afedorov3/KP184 io.ref: load on, and 5 V.
    let written: [([UInt8], [UInt8])] = [
      (
        [1, 6, 1, 0x0E, 0, 1, 4, 0, 0, 0, 1, 0xCA, 0x5F],
        [1, 6, 1, 0x0E, 0, 1, 4, 0xDD, 0x34]
      ),
      (
        [1, 6, 1, 0x12, 0, 1, 4, 0, 0, 0x13, 0x88, 0x05, 0x92],
        [1, 6, 1, 0x12, 0, 1, 4, 0x4D, 0x33]
      ),
    ]
    for (request, reply) in written {
      let order = exchange(request, request)
      #expect(
        ReplyMatch.find(order, request: request, framing: .kp184HighFirst, in: reply)
          == .found(reply))
      #expect(
        ReplyMatch.find(order, request: request, framing: .kp184LowFirst, in: reply) == .notYet)
    }
    // The same source: the status, 18 bytes of data behind a length byte that says 30.
    let request: [UInt8] = [1, 3, 3, 0, 0, 0, 0x8E, 0x45]
    let reply: [UInt8] =
      [1, 3, 0x1E, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xF4, 7, 0xD0, 7, 0xD0, 0, 0, 0, 0x1C, 0xAB]
    let status = exchange(request, reply, free: Set(2..<23))
    #expect(
      ReplyMatch.find(status, request: request, framing: .kp184HighFirst, in: reply)
        == .found(reply))
  }

  @Test(
    "SAF-001 a KP184's order is proven by each of its three acknowledgements, whole, behind any noise",
    arguments: orders, [0x010E, 0x0110, 0x0201])
  func acknowledgements(framing: SafePlan.Framing, address: Int) {
    let head = [1, 6, UInt8(address >> 8), UInt8(address & 0xFF)]
    let request = sealed(head + [0, 1, 4, 0, 0, 0, 1], framing)
    func find(_ bytes: [UInt8]) -> ReplyMatch {
      .find(exchange(request, request), request: request, framing: framing, in: bytes)
    }
    for body in [head + [0, 1], head + [0, 1, 4], head + [0, 1, 4, 0, 0, 0, 1]] {
      let reply = sealed(body, framing)
      #expect(reply.count == body.count + 2)
      for noise in Self.noises {
        #expect(find(noise + reply) == .found(reply))
        #expect(find(noise + reply + [0xFF]) == .found(reply))
        #expect(find(noise + reply.dropLast()) == .notYet)
        #expect(find(noise + sealed(body, other(framing))) == .notYet)
        for byte in reply.indices {
          var damaged = reply
          damaged[byte] ^= 0x08
          #expect(find(noise + damaged) == .notYet)
        }
      }
      // Another unit's, a read's, and those of other registers.
      for (byte, value) in [(0, 2), (1, 3), (2, body[2] ^ 1), (3, body[3] ^ 1)] as [(Int, UInt8)] {
        var stranger = body
        stranger[byte] = value
        #expect(find(sealed(stranger, framing)) == .notYet)
      }
    }
  }

  @Test(
    "SAF-001 a KP184's data are read by the length that they have, whatever their length byte says",
    arguments: orders, [UInt8(0x30), 0x1E, 0x12, 0, 0xFF])
  func lyingLength(framing: SafePlan.Framing, length: UInt8) {
    let request = sealed([1, 3, 3, 0, 0, 0], framing)
    let data: [UInt8] = [3, 0, 0, 0x30, 0x39, 0, 7, 0xD1] + [UInt8](repeating: 0, count: 10)
    let reply = sealed([1, 3, length] + data, framing)
    // Bit 0 of the first byte is the output, which is to be on here; nothing else is compared.
    var status = exchange(request, [1, 3, 18] + data + [0, 0], free: Set(2..<23))
    status.replyMask[3] = 1
    func find(_ bytes: [UInt8]) -> ReplyMatch {
      .find(status, request: request, framing: framing, in: bytes)
    }
    for noise in Self.noises {
      #expect(find(noise + reply) == .found(reply))
      #expect(find(noise + reply.dropLast()) == .notYet)
      #expect(find(noise + sealed([1, 3, length] + data, other(framing))) == .notYet)
      #expect(find(noise + sealed([2, 3, length] + data, framing)) == .notYet)
    }
    var off = data
    off[0] = 2
    #expect(find(sealed([1, 3, length] + off, framing)) == .notYet)
    off[0] = 1
    let likewise = sealed([1, 3, length] + off, framing)
    #expect(find(likewise) == .found(likewise))
  }

  @Test(
    "SAF-001 a KP184's data that are not the wanted ones do not hide those that follow",
    arguments: orders)
  func staleData(framing: SafePlan.Framing) {
    let request = sealed([3, 3, 1, 0x0E, 0, 4], framing)
    func reply(_ data: [UInt8]) -> [UInt8] { sealed([3, 3, 4] + data, framing) }
    let off = reply([0, 0, 0, 0]), on = reply([0, 0, 0, 1])
    let check = exchange(request, off, free: [2, 7, 8])
    func find(_ bytes: [UInt8]) -> ReplyMatch {
      .find(check, request: request, framing: framing, in: bytes)
    }
    #expect(find(on) == .notYet)
    #expect(find(on + on + [3, 3, 4] + on) == .notYet)
    #expect(find(on + off) == .found(off))
    #expect(find([9] + on + [9] + on + off + on) == .found(off))
    #expect(find(off + on) == .found(off))
  }

  @Test("SAF-001 a KP184's reply may begin within one that is not the wanted one, a byte behind it")
  func overlapping() {
    // Two sealed frames of nine bytes, one byte apart.
    let bytes: [UInt8] = [3, 3, 3, 0, 0, 0, 0xDA, 0xA8, 0xED, 0x72]
    let wanted = Array(bytes[1...])
    for frame in [bytes.dropLast(), bytes[1...]] {
      #expect(sealed(Array(frame.dropLast(2)), .kp184HighFirst) == Array(frame))
    }
    let request = sealed([3, 3, 1, 0x0E, 0, 4], .kp184HighFirst)
    #expect(
      ReplyMatch.find(
        exchange(request, wanted), request: request, framing: .kp184HighFirst, in: bytes)
        == .found(wanted))
  }

  @Test("SAF-001 no reply belongs to a KP184's request that is none", arguments: orders)
  func shortRequests(framing: SafePlan.Framing) {
    let read = sealed([1, 3, 1, 0x0E, 0, 4], framing)
    let data = sealed([1, 3, 4, 0, 0, 0, 0], framing)
    let write = sealed([1, 6, 1, 0x0E, 0, 1, 4, 0, 0, 0, 0], framing)
    for (request, reply) in [(read, data), (write, write)] {
      for count in 0...request.count {
        let cut = Array(request.prefix(count))
        #expect(
          ReplyMatch.find(exchange(cut, reply), request: cut, framing: framing, in: reply)
            == (count < 8 ? .notYet : .found(reply)))
      }
    }
  }

  @Test("SAF-001 a text device's order that nothing answers needs no answer")
  func unanswered() {
    let order = exchange(Array("OUTP OFF\n".utf8))
    for bytes in ["", "noise", "1\r\n"] {
      #expect(
        ReplyMatch.find(order, request: order.request, framing: .text, in: Array(bytes.utf8))
          == .found([]))
    }
  }

  @Test("SAF-001 a text device's number is the wanted one however it is written, on a whole line")
  func number() {
    let check = exchange(Array("OUTP?\n".utf8), Array("0.000000\n".utf8))
    func find(_ text: String) -> ReplyMatch {
      .find(check, request: check.request, framing: .text, in: Array(text.utf8))
    }
    for line in ["0", "+0", "-0.00", "0E+05", " 0,\"No error\"", "0.000000"] {
      for end in ["\n", "\r", "\r\n", "\n\r", "\n0"] {
        for junk in ["", "\r\n", "hello\n", "1\n", "1\r\n2\r\n", "VOLT\r\r\n", "0x\n", "0V\n"] {
          #expect(find(junk + line + end) == .found(Array(line.utf8)))
        }
      }
      // Not ended yet; another number; more of a number; something else.
      #expect(find(line) == .notYet && find("5\n" + line) == .notYet)
      #expect(find("1" + line + "\n") == .notYet && find("hello" + line + "\n") == .notYet)
    }
    for text in ["", "\n", "\r\n", "1\n", "0.000001\n", "off\n", "-\n", "\n\n0"] {
      #expect(find(text) == .notYet)
    }
    // A wanted number that is none is never met.
    let none = exchange(check.request, Array("off\n".utf8))
    for text in ["off\n", "0\n", "\n"] {
      #expect(
        ReplyMatch.find(none, request: none.request, framing: .text, in: Array(text.utf8))
          == .notYet)
    }
  }

  @Test("SAF-001 where the plan wants any number, the first line with one is the reply")
  func anyNumber() {
    let query = Array("MEAS:CURR?\n".utf8), shape = Array("0\n".utf8)
    func find(_ text: String, free: Set<Int>) -> ReplyMatch {
      .find(
        exchange(query, shape, free: free), request: query, framing: .text, in: Array(text.utf8))
    }
    for line in ["+4.19999E+00", "-1.5", "0", "7,A"] {
      #expect(find("junk\r\n\r\n" + line + "\r\n9\r\n", free: [0, 1]) == .found(Array(line.utf8)))
      #expect(find("junk\r\n" + line, free: [0, 1]) == .notYet)
    }
    #expect(find("junk\n\n-\n", free: [0, 1]) == .notYet)
    // One byte that counts makes the number count.
    for free in [[0], [1]] as [Set<Int>] {
      #expect(find("7\n", free: free) == .notYet)
      #expect(find("7\n0\n", free: free) == .found([UInt8(ascii: "0")]))
    }
  }

  @Test("SAF-001 a current in text is the line's number in the meter's scale and zero")
  func current() {
    // 20 A per count; the meter shows 0.25 A when none flows. The offset means nothing in text.
    let proof = SafePlan.ZeroCurrent(
      device: .init(name: "dmm", descriptor: 3, framing: .text, exchanges: []), offset: 1,
      format: .decimalText, scale: -20, zero: 0.25, threshold: 0.02, readings: 3,
      timeoutMilliseconds: 1)
    for (line, current) in [
      ("+5.00000E-01", -10.25), ("-0.5", 9.75), ("0", -0.25), ("-1.25e-2,A", 0),
    ] {
      #expect(proof.current(in: Array(line.utf8)) == current)
    }
    for line in ["", "-", "OVLD", "1.5A", "1e", "nan", "inf", "1e999"] {
      #expect(proof.current(in: Array(line.utf8)) == nil)
    }
    #expect(proof.current(in: Array("-1.25e-2".utf8)).map(proof.isGone) == true)
    #expect(proof.current(in: Array("0".utf8)).map(proof.isGone) == false)
  }
}
