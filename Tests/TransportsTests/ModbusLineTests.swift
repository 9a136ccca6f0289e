import Glibc
import Quantities
import Testing
import Transports

@Suite("A Modbus line")
struct ModbusLineTests {
  static func line(
    _ descriptor: Int32, name: String = "load", framing: SafePlan.Framing = .rtu, unit: Int = 1,
    timeout: Int = 2000, gap: Double = 0, pacing: LineTiming.Pacing = .stepped
  ) throws(LineError) -> ModbusLine {
    try ModbusLine(
      name: name, descriptor: descriptor, framing: framing, unit: unit,
      timing: LineTiming(replyTimeoutMilliseconds: timeout, gap: gap, pacing: pacing))
  }

  @Test(
    "sends what the reference implementation sends, and understands its replies",
    arguments: FrameFixture.all.filter { !$0.reply.isEmpty && $0.name != "refused" },
    Wire.allCases)
  func frames(_ row: FrameFixture, _ wire: Wire) throws {
    // TCP wants a socket.
    let wire = row.wrapping == .tcp ? Wire.socketPair : wire
    let peer = try ScriptedPeer(
      [.init(requestCount: row.requestBytes.count, reply: row.replyBytes)], over: wire)
    var line = try Self.line(peer.client, framing: row.wrapping, unit: row.unit)
    let came = try row.perform(on: &line)
    #expect(peer.finish().map(\.request) == [row.requestBytes])
    #expect(came == row.data)
  }

  @Test("every row of the fixtures says where it comes from")
  func origins() {
    #expect(FrameFixture.all.count >= 28)
    #expect(FrameFixture.all.allSatisfy { ["manual", "derived"].contains($0.origin) })
  }

  @Test("a request without a documented reply is sent as captured")
  func vendorPoll() throws {
    let row = try #require(FrameFixture.all.first { $0.reply.isEmpty })
    let peer = try ScriptedPeer([.init(requestCount: row.requestBytes.count, reply: [])])
    var line = try Self.line(peer.client, timeout: 40)
    #expect(throws: LineError.self) { try row.perform(on: &line) }
    #expect(peer.finish().map(\.request) == [row.requestBytes])
  }

  @Test("tells a refusal by the device", arguments: ["rtu", "tcp"])
  func refusal(_ framing: String) throws {
    let row = try #require(
      FrameFixture.all.first { $0.name == "refused" && $0.framing == framing })
    let peer = try ScriptedPeer([
      .init(requestCount: row.requestBytes.count, reply: row.replyBytes)
    ])
    var line = try Self.line(peer.client, name: "psu", framing: row.wrapping)
    let error = #expect(throws: LineError.self) { try row.perform(on: &line) }
    #expect(error?.description == "psu: exception 2 (illegal data address) reading 0x000C")
    #expect(error?.isRefusal == true)
  }

  @Test("a silent device is an error that says what, where and how long", arguments: Wire.allCases)
  func silence(_ wire: Wire) throws {
    let peer = try ScriptedPeer([.init(requestCount: 8, reply: [])], over: wire)
    var line = try Self.line(peer.client, timeout: 40)
    var words: [UInt16] = [0, 0]
    let error = #expect(throws: LineError.self) {
      try words.withUnsafeMutableBufferPointer {
        try line.readWords(function: 3, address: 0x0B00, into: $0)
      }
    }
    #expect(error?.description == "load: no reply reading 0x0B00 within 40 ms")
  }

  @Test("a timed relay's reply that is not the echo is an error")
  func wrongEcho() throws {
    let row = try #require(FrameFixture.all.first { $0.operation == "write5number" })
    let other = ModbusCRC.framed([0x01, 0x05, 0x02, 0x00, 0x00, 0x08])
    let peer = try ScriptedPeer([.init(requestCount: 8, reply: other)])
    var line = try Self.line(peer.client, timeout: 40)
    let error = #expect(throws: LineError.self) { try row.perform(on: &line) }
    #expect(error?.code == .badReply)
  }

  @Test("a descriptor that select(2) or nobody can use is refused, not fatal")
  func badDescriptors() throws {
    for descriptor in [Int32(-1), 1023] where fcntl(descriptor, F_GETFD) < 0 {
      let error = #expect(throws: LineError.self) { _ = try Self.line(descriptor) }
      #expect(error?.code == .badDescriptor)
    }
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 1100))
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let high = fcntl(STDERR_FILENO, F_DUPFD, 1024)
    try #require(high >= 1024)
    defer { close(high) }
    let error = #expect(throws: LineError.self) { _ = try Self.line(high, name: "psu") }
    #expect(error?.description == "psu: descriptor \(high): not open, or not below 1024")
  }

  @Test("a line that was hung up is an error", arguments: [SafePlan.Framing.rtu, .tcp])
  func hangUp(_ framing: SafePlan.Framing) throws {
    let ends = try (framing == .rtu ? Wire.pseudoTerminal : .socketPair).open()
    close(ends.peer)
    defer { close(ends.client) }
    var line = try Self.line(ends.client, framing: framing)
    var words: [UInt16] = [0]
    for _ in 0..<2 {
      #expect(throws: LineError.self) {
        try words.withUnsafeMutableBufferPointer {
          try line.readWords(function: 3, address: 0, into: $0)
        }
      }
      #expect(throws: LineError.self) { try line.writeCoil(false, address: 0) }
    }
  }

  @Test("leaves the descriptor open when it goes", arguments: [SafePlan.Framing.rtu, .tcp])
  func notOwned(_ framing: SafePlan.Framing) throws {
    let ends = try Wire.socketPair.open()
    do { _ = try Self.line(ends.client, framing: framing) }
    #expect(fcntl(ends.client, F_GETFD) >= 0)
    close(ends.client)
    close(ends.peer)
  }

  @Test("arguments that no frame can carry are refused before anything is sent")
  func invalidArguments() throws {
    let ends = try Wire.socketPair.open()
    defer {
      close(ends.client)
      close(ends.peer)
    }
    var line = try Self.line(ends.client)
    var words = [UInt16](repeating: 0, count: 126)
    for (function, address, count) in [
      (3, 0, 126), (3, 0xFFFF, 2), (5, 0, 1), (3, -1, 1), (3, 0, 0),
    ] {
      let error = #expect(throws: LineError.self) {
        try words.withUnsafeMutableBufferPointer {
          try line.readWords(
            function: function, address: address,
            into: UnsafeMutableBufferPointer(rebasing: $0[..<count]))
        }
      }
      #expect(error?.code == .invalid)
    }
    var waiter = pollfd(fd: ends.peer, events: Int16(POLLIN), revents: 0)
    #expect(poll(&waiter, 1, 0) == 0)
  }
}
