import Drivers
import Foundation
import Instruments
import Profiles
import Quantities
import Testing
import Transports

@Suite("A meter that speaks lines of text")
struct TextMeterTests {
  /// A row of `fixtures/frames/text.json`.
  struct Row: Decodable, Sendable {
    var profile: String
    var value: String
    var origin: String
    var number: Double
    var line: String
    var reply: String
  }

  static let rows: [Row] = {
    let file = Shipped.root.appending(path: "fixtures/frames/text.json")
    return (try? JSONDecoder().decode([Row].self, from: Data(contentsOf: file))) ?? []
  }()

  /// A 34401A: silent until it is told SYST:REM, with echo before.
  static func device(reading: String = "+4.19999E+00") throws -> ByteDevice {
    let device = try ByteDevice(lines: true) { _ in [] }
    nonisolated(unsafe) var isRemote = false
    device.answer { request in
      switch String(decoding: request, as: UTF8.self) {
      case "SYST:REM\n":
        isRemote = true
        return request
      case "READ?\n" where isRemote: return Array("\(reading)\n".utf8)
      case "SYST:ERR?\n" where isRemote: return Array("+0,\"No error\"\r\n".utf8)
      default: return isRemote ? [] : request
      }
    }
    return device
  }

  static func meter(_ device: ByteDevice, timeout: Double = 100) throws -> ProfiledInstrument {
    try ProfiledInstrument(
      name: "dmm", profile: Shipped.profile("agilent-34401a", timeout: timeout),
      descriptor: device.client, framing: .rtu, pacing: .real, limits: Shipped.limits)
  }

  @Test("is told to be remote, configured once, and asked for readings")
  func reads() throws {
    let device = try Self.device()
    defer { device.stop() }
    let meter = try Self.meter(device)
    try meter.open(at: .zero)
    for _ in 0..<2 {
      #expect(Shipped.readings(meter)["voltage"] == Reading(4.19999, at: Seconds(7)))
    }
    #expect(
      device.requests.map { String(decoding: $0, as: UTF8.self) } == [
        "SYST:REM\n", "*CLS\n", "CONF:VOLT:DC 10\n", "SYST:ERR?\n", "READ?\n", "READ?\n", "READ?\n",
      ])
  }

  @Test("says what its sources say, and understands what they show", arguments: rows)
  func sourced(_ row: Row) throws {
    #expect(["capture", "manual", "derived"].contains(row.origin))
    let profile = try Shipped.profile(row.profile)
    let text = try #require(profile.values.first { $0.name == row.value }?.text)
    if !row.line.isEmpty { #expect(text.query ?? text.send == row.line) }
    guard !row.reply.isEmpty else { return }
    let number = Array(row.reply.utf8).withUnsafeBufferPointer {
      DecimalText.number(in: $0, isInteger: text.reply == .integer)
    }
    #expect(number == row.number)
  }

  @Test("there are such rows")
  func coverage() { #expect(Self.rows.count == 4) }

  @Test(
    "a reply that is no number is missing, not a number", arguments: ["OVLD", "4.1x", "", "+-4"])
  func garbage(_ reply: String) throws {
    let device = try Self.device(reading: "+1.0E+00")
    defer { device.stop() }
    let meter = try Self.meter(device, timeout: 40)
    try meter.open(at: .zero)
    device.answer { _ in Array("\(reply)\n".utf8) }
    #expect(Shipped.readings(meter)["voltage"]?.quality == .missing)
  }

  @Test("an overload is implausible")
  func overload() throws {
    let device = try Self.device(reading: "+9.90000000E+37")
    defer { device.stop() }
    let meter = try Self.meter(device)
    try meter.open(at: .zero)
    #expect(Shipped.readings(meter)["voltage"]?.quality == .implausible)
  }

  @Test("an acquisition allocates nothing")
  func allocations() throws {
    let device = try Self.device()
    defer { device.stop() }
    let meter = try Self.meter(device, timeout: 5000)
    try meter.open(at: .zero)
    try AllocationTests.expectNone(meter)
  }
}
