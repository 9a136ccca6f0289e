import Drivers
import Profiles
import Quantities
import Testing

@Suite("Batches and budgets")
struct BusTests {
  @Test("no read is longer than the device takes, and all values still come", arguments: 1...9)
  func maxWords(limit: Int) throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    var profile = try Shipped.profile("riden-rd6006")
    profile.timing.maxWords = limit
    let psu = try Shipped.instrument("psu", profile, device)
    try psu.open(at: .zero)
    device.inspect {
      ($0.holding[10], $0.holding[11], $0.holding[17], $0.holding[18]) = (421, 1234, 1, 1)
    }
    device.forget()
    let readings = Shipped.readings(psu)
    #expect(readings["voltage"]?.valid == 421 * 0.01)
    #expect(readings["current"]?.valid == 1234 * 0.001)
    #expect(readings["regulation"]?.valid == 1)
    #expect(readings["is_on"]?.valid == 1)
    #expect(readings["protection_tripped"]?.valid == 0)
    #expect(device.requests.allSatisfy { $0.number <= limit })
    // 10, 11, 16, 17, 18: the more the device takes, the fewer the requests.
    #expect(device.requests.count == [5, 3, 2, 2, 2, 2, 2, 2, 1][limit - 1])
  }

  @Test("a batch runs over undeclared addresses only where the device is known to answer")
  func gaps() throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    var profile = try Shipped.profile("riden-rd6006")
    profile.readable = []
    let psu = try Shipped.instrument("psu", profile, device)
    try psu.open(at: .zero)
    device.forget()
    _ = Shipped.readings(psu)
    #expect(device.requests.map { [$0.address, $0.number] } == [[10, 2], [16, 3]])
  }

  @Test("a budget is bytes, gaps and replies, by hand")
  func budget() throws {
    // RD6006: 8 + 5 + 18 bytes of 10 bits at 115200, and 1.75 ms of silence.
    let psu = BusBudget(try Shipped.profile("riden-rd6006"), framing: .rtu)
    let byte = 10.0 / 115200
    #expect(abs(psu.acquisition.value - (31 * byte + 0.00175)) < 1e-12)
    // Write 8 + 8, read back 8 + 7, a silence before each.
    #expect(abs(psu.setCurrent.value - (31 * byte + 2 * 0.00175)) < 1e-12)
    // In flight 31 bytes and a reply's time; twice a silence, 16 bytes to write, a reply's time.
    #expect(abs(psu.timeToSafe.value - (3 * 0.5 + 63 * byte + 2 * 0.00175)) < 1e-12)
    // And a silence, 15 bytes to check, a reply's time.
    #expect(abs(psu.timeToConfirmedSafe.value - (4 * 0.5 + 78 * byte + 3 * 0.00175)) < 1e-12)
    #expect(!psu.isRampKnown)
  }

  @Test("confirming takes longer than telling; TCP counts no bytes", arguments: Shipped.names)
  func order(name: String) throws {
    let profile = try Shipped.profile(name)
    let rtu = BusBudget(profile, framing: .rtu), tcp = BusBudget(profile, framing: .tcp)
    #expect(rtu.acquisition > tcp.acquisition)
    #expect(rtu.timeToSafe >= tcp.timeToSafe)
    if profile.kind.carriesCurrent { #expect(rtu.timeToConfirmedSafe > rtu.timeToSafe) }
    var slower = profile
    slower.timing.replyTimeout = slower.timing.replyTimeout * 2
    slower.timing.ramp = Seconds(1)
    #expect(BusBudget(slower, framing: .rtu).timeToSafe > rtu.timeToSafe + Seconds(1))
  }
}
