import Drivers
import Foundation
import Glibc
import Guard
import Instruments
import Profiles
import Quantities
import Testing

@Suite("Safe plans beyond Modbus")
struct DialectPlanTests {
  /// A row of `kp184-manual.json` or `kp184-derived.json`.
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var origin: String
    var order: String
    var operation: String
    var address: Int
    var value: Int
    var request: String
    var reply: String

    var testDescription: String { "\(name) (\(origin), \(order))" }
    var checksum: KP184Frame.ChecksumOrder { order == "high" ? .highFirst : .lowFirst }
    var requestBytes: [UInt8] { SafePlanFixture.Exchange.bytes(request) }
    var replyBytes: [UInt8] { SafePlanFixture.Exchange.bytes(reply) }
  }

  static let rows: [Row] = ["kp184-manual", "kp184-derived"].flatMap { name in
    let file = Shipped.root.appending(path: "fixtures/frames/\(name).json")
    return (try? JSONDecoder().decode([Row].self, from: Data(contentsOf: file))) ?? []
  }

  static let writes = rows.filter { $0.operation == "write" && !$0.reply.isEmpty }

  static func exchange(
    _ row: Row, reply: [UInt8] = [1, 6, 0, 0, 0, 0, 0, 0]
  ) -> SafePlan.Exchange {
    SafePlan.Exchange(
      purpose: "", request: row.requestBytes, reply: reply,
      replyMask: Array(repeating: 0, count: reply.count), replyTimeoutMilliseconds: 1,
      gapMilliseconds: 0, attempts: 1)
  }

  @Test("there are such rows, of all three origins")
  func coverage() {
    #expect(Set(Self.rows.map(\.origin)) == ["capture", "manual", "derived"])
    #expect(Self.rows.count == 34)
  }

  @Test(
    "SAF-001 the guard takes each of a KP184's acknowledgements, behind noise", arguments: writes)
  func acknowledgements(_ row: Row) {
    func find(_ bytes: [UInt8]) -> ReplyMatch {
      .find(
        Self.exchange(row), request: row.requestBytes, framing: .kp184(row.checksum), in: bytes)
    }
    let reply = row.replyBytes
    for noise in [[], [1], [1, 6], [0xFF, 1, 6, 1], Array(reply.prefix(7))] as [[UInt8]] {
      #expect(find(noise + reply) == .found(reply))
      for byte in reply.indices {
        var damaged = reply
        damaged[byte] ^= 0x10
        #expect(find(noise + damaged) == .notYet)
      }
    }
    // The same bytes with their checksum the other way round are no acknowledgement.
    #expect(find(reply.dropLast(2) + reply.suffix(2).reversed()) == .notYet)
  }

  @Test("SAF-001 the guard sees whether the load is off, whatever the length byte says")
  func status() throws {
    let profile = try Shipped.profile("kunkin-kp184")
    for row in Self.rows.filter({ $0.operation == "status" }) {
      let plan = try SafePlanCompiler.device(
        name: "load", profile: profile, descriptor: 7, framing: .rtu, checksum: row.checksum)
      let check = try #require(plan.exchanges.last)
      #expect(check.request == row.requestBytes)
      let match = ReplyMatch.find(
        check, request: check.request, framing: plan.framing, in: [1, 3] + row.replyBytes)
      // The capture shows a load that is off, the derived rows one that is on.
      #expect(match == (row.origin == "capture" ? .found(row.replyBytes) : .notYet))
    }
  }

  @Test(
    "SAF-001 compiled for a living KP184, the plan is in its order and makes it safe",
    arguments: [true, false], KP184Device.Acknowledgement.allCases)
  func living(highFirst: Bool, acknowledgement: KP184Device.Acknowledgement) throws {
    let device = try KP184Device {
      $0.isHighFirst = highFirst
      $0.acknowledgement = acknowledgement
    }
    defer { device.stop() }
    var profile = try Shipped.profile("kunkin-kp184", timeout: 60)
    profile.timing.gap = .zero
    let plan = try SafePlanCompiler.device(
      name: "load", profile: profile, descriptor: device.client, framing: .rtu)
    #expect(plan.framing == (highFirst ? .kp184HighFirst : .kp184LowFirst))
    #expect(device.writes.isEmpty)
    for exchange in plan.exchanges {
      #expect(write(device.client, exchange.request, exchange.request.count) > 0)
      var received: [UInt8] = [], match = ReplyMatch.notYet
      while match == .notYet {
        var waiter = pollfd(fd: device.client, events: Int16(POLLIN), revents: 0)
        try #require(poll(&waiter, 1, 10_000) > 0, "\(exchange.purpose): \(received)")
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = read(device.client, &buffer, buffer.count)
        received += buffer.prefix(count)
        match = .find(
          exchange, request: exchange.request, framing: plan.framing, in: received)
      }
    }
    #expect((device.register(0x010E), device.register(0x0116)) == (0, 0))
  }

  @Test("a KP184 that does not say its order has no plan")
  func silent() throws {
    let device = try ByteDevice { _ in [] }
    defer { device.stop() }
    let profile = try Shipped.profile("kunkin-kp184", timeout: 20)
    let error = #expect(throws: InstrumentError.self) {
      _ = try SafePlanCompiler.device(
        name: "load", profile: profile, descriptor: device.client, framing: .rtu)
    }
    #expect(error?.code == .bus)
  }

  @Test("SAF-001 in text a write is told and not waited for, a check wants its number")
  func text() throws {
    let profile = try InstrumentProfile(text: LanguageTests.textSupply, file: "s.toml")
    let plan = try SafePlanCompiler.device(
      name: "psu", profile: profile, descriptor: 7, framing: .rtu)
    #expect(plan.framing == .text)
    #expect(
      plan.exchanges.map { String(decoding: $0.request, as: UTF8.self) } == [
        "OUTP 0\n", "CURR 0.000\n", "OUTP?\n",
      ])
    func find(_ index: Int, _ reply: String) -> ReplyMatch {
      let exchange = plan.exchanges[index]
      return .find(
        exchange, request: exchange.request, framing: .text, in: Array(reply.utf8))
    }
    #expect(find(0, "") == .found([]))
    for reply in ["0\n", "+0\r\n", "0.000E+00\n", "1\n0\n"] {
      #expect(find(2, reply) != .notYet)
    }
    for reply in ["1\n", "0", "", "x\n", "0x\n", "-\n"] { #expect(find(2, reply) == .notYet) }
  }

  @Test("SAF-001 such plans reach the guard as they were compiled", arguments: [true, false])
  func coding(isText: Bool) throws {
    let device =
      isText
      ? try SafePlanCompiler.device(
        name: "psu", profile: InstrumentProfile(text: LanguageTests.textSupply, file: "s.toml"),
        descriptor: 7, framing: .rtu)
      : try SafePlanCompiler.device(
        name: "load", profile: Shipped.profile("kunkin-kp184"), descriptor: 7, framing: .rtu,
        checksum: .lowFirst)
    let zero =
      isText
      ? try SafePlanCompiler.zeroCurrent(
        name: "psu", profile: InstrumentProfile(text: LanguageTests.textSupply, file: "s.toml"),
        channel: "current", descriptor: 8, framing: .rtu, threshold: Amperes(0.02),
        timeout: Seconds(5))
      : try SafePlanCompiler.zeroCurrent(
        name: "meter", profile: Shipped.profile("generic-modbus-float-meter"),
        channel: "shunt_current", descriptor: 8, framing: .rtu, threshold: Amperes(0.02),
        timeout: Seconds(5))
    var plan = SafePlan(
      devices: [device], verification: zero, heartbeatSilenceMilliseconds: 500)
    #expect(try SafePlan.decode(plan.encoded()) == plan)
    if isText {
      #expect(zero.current(in: Array("+1.25E-01".utf8)) == 0.125)
      #expect(zero.current(in: Array("?".utf8)) == nil)
    }
    plan.devices[0].exchanges[0].request[5] ^= 1
    plan.devices[0].exchanges[0].request.removeLast()
    #expect(throws: ByteCodingError.self) { _ = try plan.encoded() }
  }
}
