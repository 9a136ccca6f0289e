import Drivers
import Profiles
import Quantities
import Testing
import Transports

@Suite("Probing")
struct ProbingTests {
  @Test(
    "reads everything that a profile declares and writes nothing",
    arguments: Shipped.names.filter { !Shipped.ownDevices.contains($0) })
  func modbus(name: String) throws {
    let device = try AllocationTests.device(name)
    defer { device.stop() }
    let instrument = try Shipped.instrument(name, Shipped.profile(name), device)
    let report = instrument.probe(transactions: 2)
    #expect(device.writes.isEmpty)
    #expect(report.refusals.isEmpty, "\(report.refusals)")
    #expect(report.values.map(\.name) == instrument.profile.values.filter(\.isReadable).map(\.name))
    #expect(report.values.allSatisfy { $0.quality == .good || $0.quality == .implausible })
    let timing = try #require(report.timing)
    #expect(timing.count >= 2)
    #expect(.zero < timing.least && timing.least <= timing.median && timing.median <= timing.most)
    #expect(report.unknown == instrument.profile.unknown)
  }

  @Test("says why a run would be refused: another model, an output that comes on with the mains")
  func refusals() throws {
    let device = try Shipped.supply(model: 60181)
    defer { device.stop() }
    device.inspect { $0.holding[68] = 1 }
    let psu = try Shipped.instrument("psu", Shipped.profile("riden-rd6006"), device)
    let refusals = psu.probe(transactions: 1).refusals
    #expect(refusals.count == 2)
    #expect(refusals.first?.contains("model_id reads 60181") == true)
    #expect(refusals.last?.contains("boot_output reads 1.0, wanted 0.0") == true)
    #expect(device.writes.isEmpty)
  }

  @Test("finds a KP184's checksum by reads alone", arguments: [true, false])
  func checksum(highFirst: Bool) throws {
    let device = try KP184Device { $0.isHighFirst = highFirst }
    defer { device.stop() }
    var profile = try Shipped.profile("kunkin-kp184", timeout: 60)
    profile.timing.gap = .zero
    let load = try ProfiledInstrument(
      name: "load", profile: profile, descriptor: device.client, framing: .rtu, pacing: .stepped,
      limits: ArmedLimits())
    let report = load.probe(transactions: 1)
    #expect(report.found.contains("checksum: \(highFirst ? "high" : "low") byte first"))
    #expect(report.found.contains("identity: model reads 1840"))
    #expect(device.writes.isEmpty)
    #expect(report.values.first { $0.name == "voltage" }?.value == 3700 * 0.001)
  }

  @Test("an EA is read as unit 0, scaled by its nominal values")
  func unitZero() throws {
    let device = try BidirectionalTests.device()
    defer { device.stop() }
    device.change { $0.holding[507] = 26214 }
    let report = try BidirectionalTests.supply(device).probe(transactions: 1)
    #expect(report.refusals.isEmpty, "\(report.refusals)")
    #expect(report.values.first { $0.name == "voltage" }.map { abs($0.value - 30) < 1e-9 } == true)
    #expect(device.writes.isEmpty)
  }

  @Test("a meter that answers nothing before remote control is left alone, unless told")
  func remote() throws {
    let device = try TextMeterTests.device()
    defer { device.stop() }
    let meter = try TextMeterTests.meter(device)
    let skipped = meter.probe()
    #expect(skipped.skipped?.contains("--remote") == true)
    #expect(skipped.values.isEmpty)
    #expect(device.requests.isEmpty)
    let read = meter.probe(transactions: 1, openFirst: true)
    #expect(read.skipped == nil)
    #expect(read.values.first { $0.name == "voltage" }?.value == 4.19999)
  }

  @Test("a silent device is a line in the report, in bounded time")
  func silent() throws {
    let device = try ByteDevice { _ in [] }
    defer { device.stop() }
    let psu = try ProfiledInstrument(
      name: "psu", profile: Shipped.profile("riden-rd6006", timeout: 20),
      descriptor: device.client, framing: .rtu, pacing: .stepped, limits: ArmedLimits())
    let report = psu.probe()
    #expect(report.refusals == ["psu: no reply reading 0x0000 within 20 ms"])
    #expect(report.values.isEmpty)
  }
}
