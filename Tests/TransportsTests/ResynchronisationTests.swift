import Quantities
import Testing
import Transports

@Suite("A Modbus line after trouble")
struct ResynchronisationTests {
  static let good = ModbusCRC.framed([1, 3, 2, 0x12, 0x34])

  func read(_ line: inout ModbusLine, address: Int = 7) throws -> UInt16 {
    var words: [UInt16] = [0]
    try words.withUnsafeMutableBufferPointer {
      try line.readWords(function: 3, address: address, into: $0)
    }
    return words[0]
  }

  @Test(
    "understands the next reply after garbage",
    arguments: [
      [0xFF, 0x00, 0xFF],
      [1, 3, 2, 0x12, 0x34, 0, 0],  // wrong checksum
      ModbusCRC.framed([2, 3, 2, 0, 0]),  // another unit
      ModbusCRC.framed([1, 4, 2, 0, 0]),  // another function
      ModbusCRC.framed([1, 3, 4, 0, 0, 0, 0]),  // more than asked for
      Array(ModbusCRC.framed([1, 3, 2, 9, 9]).dropLast()),  // cut off
      [UInt8](repeating: 0xA5, count: 600),
    ] as [[UInt8]], Wire.allCases)
  func afterGarbage(_ garbage: [UInt8], _ wire: Wire) throws {
    let peer = try ScriptedPeer(
      [.init(requestCount: 8, reply: garbage), .init(requestCount: 8, reply: Self.good)], over: wire
    )
    var line = try ModbusLineTests.line(peer.client, timeout: 60)
    #expect(throws: LineError.self) { _ = try read(&line) }
    // On a busy machine the good reply may come late; the next one must not be mistaken.
    #expect(try read(&line) == 0x1234)
  }

  @Test("a late reply is not taken for the next one's", arguments: Wire.allCases)
  func lateReply(_ wire: Wire) throws {
    let peer = try ScriptedPeer(
      [.init(requestCount: 8, reply: []), .init(requestCount: 8, reply: Self.good)], over: wire)
    var line = try ModbusLineTests.line(peer.client, timeout: 60)
    #expect(throws: LineError.self) { _ = try read(&line) }
    peer.say(ModbusCRC.framed([1, 3, 2, 0xBA, 0xD0]))
    #expect(try read(&line, address: 8) == 0x1234)
  }

  @Test("over TCP a reply to another transaction is refused")
  func otherTransaction() throws {
    let stale: [UInt8] = [0, 9, 0, 0, 0, 5, 1, 3, 2, 0xBA, 0xD0]
    let fresh: [UInt8] = [0, 2, 0, 0, 0, 5, 1, 3, 2, 0x12, 0x34]
    let peer = try ScriptedPeer([
      .init(requestCount: 12, reply: stale), .init(requestCount: 12, reply: fresh),
    ])
    var line = try ModbusLineTests.line(peer.client, framing: .tcp, timeout: 60)
    #expect(throws: LineError.self) { _ = try read(&line) }
    #expect(try read(&line) == 0x1234)
  }

  @Test("keeps the gap in real pace, counted from the reply")
  func gap() throws {
    let turn = ScriptedPeer.Turn(requestCount: 8, reply: Self.good)
    let peer = try ScriptedPeer([turn, turn, turn])
    var line = try ModbusLineTests.line(peer.client, gap: 0.02, pacing: .real)
    for _ in 0..<3 { _ = try read(&line) }
    let heard = peer.finish()
    try #require(heard.count == 3)
    for (one, next) in zip(heard, heard.dropFirst()) {
      // From request to request, which is longer than from the reply.
      #expect(next.arrived - one.arrived >= 0.02)
    }
  }

  @Test("does not wait in stepped pace")
  func noGap() throws {
    let turn = ScriptedPeer.Turn(requestCount: 8, reply: Self.good)
    let peer = try ScriptedPeer([turn, turn])
    var line = try ModbusLineTests.line(peer.client, gap: 3600, pacing: .stepped)
    for _ in 0..<2 { #expect(try read(&line) == 0x1234) }
  }
}
