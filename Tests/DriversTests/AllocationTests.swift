import CAllocations
import Drivers
import Instruments
import Quantities
import Testing

@Suite("The scan's calls")
struct AllocationTests {
  static func device(_ name: String) throws -> VirtualDevice {
    switch name {
    case "riden-rd6006": try Shipped.supply()
    case "maynuo-m97": try Shipped.load()
    case "comwintop-mb8art": try SensorTests.thermometer(resolution: 1)
    case "generic-modbus-float-meter": try VirtualDevice(unit: 3)
    case "waveshare-relay", "waveshare-relay-pair": try Shipped.relay()
    case "hanmatek-hm310p":
      try VirtualDevice(prepare: { ($0.holding[3], $0.holding[5]) = (3010, 0x0233) })
    case "rig-pace":
      try VirtualDevice(prepare: { $0.holding[0] = 0x4C53 }, behaviour: ContactorTests.clock)
    default: try VirtualDevice()
    }
  }

  @Test("the counter counts")
  func counter() {
    let before = lockstep_allocations()
    let array = [Int](repeating: 1, count: Int.random(in: 1000...2000))
    #expect(lockstep_allocations() > before)
    #expect(array.count >= 1000)
  }

  @Test(
    "an acquisition allocates nothing",
    arguments: Shipped.names.filter { !Shipped.ownDevices.contains($0) })
  func acquisition(name: String) throws {
    let device = try Self.device(name)
    defer { device.stop() }
    let instrument = try Shipped.instrument(name, Shipped.profile(name), device)
    try instrument.open(at: .zero)
    try Self.expectNone(instrument)
  }

  static func expectNone(_ instrument: ProfiledInstrument) throws {
    var readings = [Reading<Double>](
      repeating: .missing(at: .zero), count: instrument.valueNames.count)
    instrument.acquire(at: .zero, into: &readings)
    let before = lockstep_allocations()
    for _ in 0..<10 { instrument.acquire(at: Seconds(1), into: &readings) }
    let made = lockstep_allocations() - before
    #expect(made == 0)
    #expect(readings.allSatisfy { $0.quality == .good })
  }
}

extension Reading where Value == Double {
  static func missing(at time: Seconds) -> Self { Reading(.nan, at: time, quality: .missing) }
}
