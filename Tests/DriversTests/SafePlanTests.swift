import Drivers
import Glibc
import Instruments
import Profiles
import Quantities
import Testing

@Suite("Safe plans")
struct SafePlanTests {
  @Test("SAF-001 are what another implementation would send", arguments: SafePlanFixture.devices)
  func bytes(_ row: SafePlanFixture) throws {
    let device = try SafePlanCompiler.device(
      name: "d", profile: Shipped.profile(row.profile), descriptor: 7, framing: row.wrapping,
      checksum: row.wrapping.checksumOrder)
    #expect(device.descriptor == 7)
    #expect(device.framing == row.wrapping)
    #expect(device.exchanges.map(\.request) == row.exchanges.map(\.requestBytes))
    #expect(device.exchanges.map(\.reply) == row.exchanges.map(\.replyBytes))
    #expect(device.exchanges.allSatisfy { $0.reply.count == $0.replyMask.count })
  }

  @Test("SAF-013 the alarm goes out behind all that makes safe, once, and only where it is wanted")
  func alarm() throws {
    func relay(alarm: Bool) throws -> [SafePlan.Exchange] {
      try SafePlanCompiler.device(
        name: "d", profile: Shipped.profile("waveshare-relay"), descriptor: 7, framing: .rtu,
        alarm: alarm
      ).exchanges
    }
    let (silent, loud) = (try relay(alarm: false), try relay(alarm: true))
    #expect(Array(loud.dropLast(2)) == silent)
    // Coil 1 on, and read: function 05 and 01 by the Modbus application protocol.
    #expect(
      loud.suffix(2).map { Array($0.request.dropLast(2)) }
        == [[1, 5, 0, 1, 0xFF, 0], [1, 1, 0, 1, 0, 1]])
    #expect(loud.suffix(2).allSatisfy { $0.attempts == 1 })
    #expect(throws: InstrumentError.self) {
      try SafePlanCompiler.device(
        name: "d", profile: Shipped.profile("maynuo-m97"), descriptor: 7, framing: .rtu,
        alarm: true)
    }
  }

  @Test("there are such rows for every device that carries current")
  func coverage() throws {
    let devices = try Shipped.names.filter { try Shipped.profile($0).kind.carriesCurrent }
    for name in devices {
      let rows = SafePlanFixture.devices.filter { $0.profile == name && !$0.exchanges.isEmpty }
      #expect(rows.count == 2, "\(name)")
    }
    #expect(SafePlanFixture.meters.count == 2)
  }

  @Test(
    "SAF-001 the proof of zero current is the meter's reading", arguments: SafePlanFixture.meters)
  func zeroCurrent(_ row: SafePlanFixture) throws {
    let zero = try SafePlanCompiler.zeroCurrent(
      name: "meter", profile: Shipped.profile(row.profile), channel: "shunt_current",
      descriptor: 9, framing: row.wrapping, zero: Amperes(0.003), threshold: Amperes(0.02),
      timeout: Seconds(5))
    let read = try #require(zero.device.exchanges.first)
    #expect(zero.device.exchanges.count == 1)
    #expect(read.request == row.exchanges[0].requestBytes)
    #expect(read.reply.count == row.exchanges[0].replyBytes.count)
    #expect((zero.zero, zero.threshold, zero.scale) == (0.003, 0.02, 1))
    #expect((zero.readings, zero.timeoutMilliseconds) == (3, 5000))
    #expect(zero.format == .float32BigEndian)
    // -1.25 A as the device would answer it: accepted under the mask, found at the offset.
    var answer = row.exchanges[0].replyBytes
    let start = Int(zero.offset)
    answer.replaceSubrange(start..<(start + 4), with: [0xBF, 0xA0, 0, 0])
    for index in 0..<start { #expect(read.replyMask[index] == 0xFF) }
    for index in answer.indices {
      #expect((answer[index] ^ read.reply[index]) & read.replyMask[index] == 0)
    }
  }

  @Test("the proof wants a current that the guard can read")
  func notACurrent() throws {
    for (profile, channel) in [
      ("generic-modbus-float-meter", "cell_voltage"), ("generic-modbus-float-meter", "nothing"),
      ("riden-rd6006", "current"), ("maynuo-m97", "protection_tripped"),
    ] {
      let profile = try Shipped.profile(profile)
      #expect(throws: InstrumentError.self) {
        _ = try SafePlanCompiler.zeroCurrent(
          name: "m", profile: profile, channel: channel, descriptor: 9, framing: .rtu,
          threshold: Amperes(0.02), timeout: Seconds(5))
      }
    }
  }

  @Test("a coil's padding is not compared: the manual's own example passes")
  func padding() throws {
    let plan = try SafePlanCompiler.device(
      name: "load", profile: Shipped.profile("maynuo-m97"), descriptor: 7, framing: .rtu)
    let check = try #require(plan.exchanges.last)
    func passes(_ reply: [UInt8]) -> Bool {
      reply.count == check.reply.count
        && zip(zip(reply, check.reply), check.replyMask).allSatisfy { ($0.0 ^ $0.1) & $1 == 0 }
    }
    #expect(passes([0x01, 0x01, 0x01, 0x48, 0x51, 0xBE]))
    #expect(!passes(ModbusCRC.framed([0x01, 0x01, 0x01, 0x49])))
  }

  @Test("keep the device's gaps, timeouts and attempts")
  func timing() throws {
    let profile = try Shipped.profile("maynuo-m97")
    let plan = try SafePlanCompiler.device(
      name: "load", profile: profile, descriptor: 7, framing: .rtu)
    for exchange in plan.exchanges {
      #expect(exchange.gapMilliseconds == 50)
      #expect(exchange.replyTimeoutMilliseconds == 1000)
      #expect(exchange.attempts == 3)
    }
    #expect(
      plan.exchanges.map(\.purpose) == [
        "load: remote_control = 1", "load: mode_command = 43", "load: current_setpoint = 0",
        "load: input_on is 0",
      ])
  }

  @Test(
    "SAF-001 replayed, they make a running device safe",
    arguments: ["riden-rd6006", "maynuo-m97", "waveshare-relay", "waveshare-relay-pair"])
  func replay(name: String) throws {
    let device = try AllocationTests.device(name)
    defer { device.stop() }
    device.inspect {
      ($0.holding[18], $0.holding[9]) = (1, 3000)
      ($0.coils[0x0510], $0.coils[0], $0.coils[1]) = (1, 1, 1)
      $0.setFloat(2.5, at: 0x0A01, in: $0.holding)
    }
    let plan = try SafePlanCompiler.device(
      name: name, profile: Shipped.profile(name), descriptor: device.client, framing: .rtu)
    for exchange in plan.exchanges {
      let reply = try say(exchange.request, on: plan.descriptor, expecting: exchange.reply.count)
      #expect(reply.count == exchange.reply.count)
      for (index, byte) in reply.enumerated() {
        #expect((byte ^ exchange.reply[index]) & exchange.replyMask[index] == 0)
      }
    }
    switch name {
    case "riden-rd6006":
      #expect(device.inspect { [$0.holding[18], $0.holding[9]] } == [0, 0])
    case "maynuo-m97":
      #expect(device.inspect { $0.coils[0x0510] } == 0)
      #expect(device.inspect { $0.float(at: 0x0A01) } == 0)
    case "waveshare-relay": #expect(device.inspect { $0.coils[0] } == 0)
    default: #expect(device.inspect { [$0.coils[0], $0.coils[1]] } == [0, 0])
    }
  }

  // The guard's way: plain bytes, no library.
  private func say(_ request: [UInt8], on descriptor: Int32, expecting count: Int) throws
    -> [UInt8]
  {
    #expect(write(descriptor, request, request.count) == request.count)
    var reply: [UInt8] = []
    while reply.count < count {
      var waiter = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      try #require(poll(&waiter, 1, 10_000) > 0)
      var buffer = [UInt8](repeating: 0, count: count - reply.count)
      let came = read(descriptor, &buffer, buffer.count)
      try #require(came > 0)
      reply += buffer.prefix(came)
    }
    return reply
  }
}
