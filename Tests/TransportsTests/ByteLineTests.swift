import Glibc
import Quantities
import Testing
import Transports

@Suite("Lines that are not Modbus")
struct ByteLineTests {
  static func timing(_ milliseconds: Int, gap: Double = 0) -> LineTiming {
    LineTiming(
      replyTimeoutMilliseconds: milliseconds, gap: gap, pacing: gap > 0 ? .real : .stepped)
  }

  static func ask(_ line: inout TextLine, _ query: String = "READ?\n") throws(LineError) -> Double {
    try Array(query.utf8).withUnsafeBufferPointer { bytes throws(LineError) in
      try line.ask(bytes)
    }
  }

  // The capture: off, constant current, set to 500 mA.
  static let statusRequest: [UInt8] = [1, 3, 3, 0, 0, 0, 0x8E, 0x45]
  static let status: [UInt8] =
    [1, 3, 0x1E, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xF4, 7, 0xD0, 7, 0xD0, 0, 0, 0, 0x1C, 0xAB]

  static func current(_ line: inout KP184Line) throws(LineError) -> UInt32 {
    var number: UInt32 = 0
    try line.readStatus { number = KP184Frame.number($0, at: 8, size: 3) }
    return number
  }

  @Test(
    "understands the next reply after garbage",
    arguments: [
      [0xFF, 0x00, 0xFF], Array(status.dropLast()), [2] + status.dropFirst(),
      status.dropLast(2) + [0xAB, 0x1C], [UInt8](repeating: 0xA5, count: 600),
    ] as [[UInt8]], Wire.allCases)
  func afterGarbage(_ garbage: [UInt8], _ wire: Wire) throws {
    let peer = try ScriptedPeer(
      [
        .init(requestCount: 8, reply: garbage), .init(requestCount: 8, reply: []),
        .init(requestCount: 8, reply: Self.status), .init(requestCount: 8, reply: Self.status),
      ], over: wire)
    var line = try KP184Line(
      name: "load", descriptor: peer.client, unit: 1, timing: Self.timing(60))
    // Both orders were tried: one got garbage, one nothing.
    #expect(throws: LineError.self) { _ = try Self.current(&line) }
    #expect(line.order == nil)
    #expect(try Self.current(&line) == 500)
    #expect(line.order == .highFirst)
  }

  @Test("a late reply is not taken for the next one's", arguments: Wire.allCases)
  func lateReply(_ wire: Wire) throws {
    let peer = try ScriptedPeer(
      [.init(requestCount: 6, reply: []), .init(requestCount: 6, reply: Array("2.5\n".utf8))],
      over: wire)
    var line = try TextLine(name: "dmm", descriptor: peer.client, timing: Self.timing(60))
    let error = #expect(throws: LineError.self) { _ = try Self.ask(&line) }
    #expect(error?.description == "dmm: no reply reading READ? within 60 ms")
    peer.say(Array("9.9\n".utf8))
    #expect(try Self.ask(&line) == 2.5)
  }

  @Test(
    "takes a line in pieces, behind empty ones, with either end", arguments: ["\n", "\r", "\r\n"])
  func pieces(_ end: String) throws {
    let peer = try ScriptedPeer([
      .init(requestCount: 6, reply: Array("\u{11}\r\n\n+4.19999E+00\(end)".utf8))
    ])
    var line = try TextLine(name: "dmm", descriptor: peer.client, timing: Self.timing(500))
    // The XON stands on a line of its own.
    let answer = try? Self.ask(&line)
    #expect(answer == nil || answer == 4.19999)
    let whole = try ScriptedPeer([
      .init(requestCount: 6, reply: Array("\r\n\u{11}+4.19999E+00\(end)".utf8))
    ])
    var other = try TextLine(name: "dmm", descriptor: whole.client, timing: Self.timing(500))
    #expect(try Self.ask(&other) == 4.19999)
  }

  @Test("a line that was hung up is an error", arguments: Wire.allCases)
  func hangUp(_ wire: Wire) throws {
    let ends = try wire.open()
    close(ends.peer)
    defer { close(ends.client) }
    // A socket whose other end is gone raises SIGPIPE, which the commands ignore.
    signal(SIGPIPE, SIG_IGN)
    var text = try TextLine(name: "dmm", descriptor: ends.client, timing: Self.timing(100))
    var load = try KP184Line(
      name: "load", descriptor: ends.client, unit: 1, timing: Self.timing(100))
    for _ in 0..<2 {
      #expect(throws: LineError.self) { _ = try Self.ask(&text) }
      #expect(throws: LineError.self) { _ = try Self.current(&load) }
    }
  }

  @Test("a descriptor that is none is refused")
  func badDescriptor() throws {
    for descriptor in [Int32(-1), 1023] where fcntl(descriptor, F_GETFD) < 0 {
      let error = #expect(throws: LineError.self) {
        _ = try TextLine(name: "dmm", descriptor: descriptor, timing: Self.timing(1))
      }
      #expect(error?.code == .badDescriptor)
      #expect(throws: LineError.self) {
        _ = try KP184Line(name: "l", descriptor: descriptor, unit: 1, timing: Self.timing(1))
      }
    }
  }

  @Test("keeps the gap in real pace")
  func gap() throws {
    let turn = ScriptedPeer.Turn(requestCount: 8, reply: Self.status)
    // The first asks for the checksum's order.
    let peer = try ScriptedPeer([turn, turn, turn, turn])
    var line = try KP184Line(
      name: "load", descriptor: peer.client, unit: 1, timing: Self.timing(500, gap: 0.02))
    for _ in 0..<3 { _ = try Self.current(&line) }
    let heard = peer.finish()
    try #require(heard.count == 4)
    #expect(heard.allSatisfy { $0.request == Self.statusRequest })
    for (one, next) in zip(heard, heard.dropFirst()) {
      #expect(next.arrived - one.arrived >= 0.02)
    }
  }

  @Test("libmodbus' traps are out of reach: a descriptor that was closed under a line is an error")
  func closedUnderneath() throws {
    let ends = try Wire.socketPair.open()
    defer { close(ends.peer) }
    // A number that nobody else gets meanwhile.
    let high = fcntl(ends.client, F_DUPFD, 900)
    close(ends.client)
    try #require(high >= 900)
    var line = try ModbusLineTests.line(high, timeout: 40)
    close(high)
    var words: [UInt16] = [0]
    for _ in 0..<2 {
      #expect(throws: LineError.self) {
        try words.withUnsafeMutableBufferPointer {
          try line.readWords(function: 3, address: 0, into: $0)
        }
      }
    }
  }
}
