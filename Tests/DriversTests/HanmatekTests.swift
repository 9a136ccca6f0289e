import Drivers
import Instruments
import Profiles
import Quantities
import Testing

@Suite("The supply that was written from the page on profiles alone")
struct HanmatekTests {
  static func device(decimals: UInt16 = 0x0233) throws -> VirtualDevice {
    try VirtualDevice(prepare: { ($0.holding[3], $0.holding[5]) = (3010, decimals) })
  }

  @Test("opens off, scaled by its decimals, with its limits armed")
  func opens() throws {
    let device = try Self.device()
    defer { device.stop() }
    let psu = try Shipped.instrument("psu", Shipped.profile("hanmatek-hm310p"), device)
    try psu.open(at: .zero)
    #expect(
      device.writes.map { [$0.address, $0.number] } == [
        [1, 0], [49, 0], [48, 0], [32, 440], [33, 6200],
      ])
  }

  @Test("decimals that no source knows are refused before anything is written")
  func decimals() throws {
    let device = try Self.device(decimals: 0x0222)
    defer { device.stop() }
    let psu = try Shipped.instrument("psu", Shipped.profile("hanmatek-hm310p"), device)
    let error = #expect(throws: InstrumentError.self) { try psu.open(at: .zero) }
    #expect(error?.code == .identity)
    #expect(device.writes.isEmpty)
  }

  @Test("a protection's bit is a trip, and so is an output that fell without one")
  func trips() throws {
    let device = try Self.device()
    defer { device.stop() }
    let psu = try Shipped.instrument("psu", Shipped.profile("hanmatek-hm310p"), device)
    try psu.open(at: .zero)
    _ = try psu.perform(.switchOn, at: .zero)
    #expect(Shipped.readings(psu)["protection_tripped"]?.valid == 0)
    device.inspect { $0.holding[2] = 1 << 3 }
    #expect(Shipped.readings(psu)["protection_tripped"]?.valid == 1)
    device.inspect { ($0.holding[2], $0.holding[1]) = (0, 0) }
    #expect(Shipped.readings(psu)["protection_tripped"]?.valid == 1)
  }

  @Test("a set-point beyond the device's own limit is not sent")
  func largest() throws {
    let device = try Self.device()
    defer { device.stop() }
    var profile = try Shipped.profile("hanmatek-hm310p")
    profile.rating.voltage = nil
    let psu = try Shipped.instrument("psu", profile, device)
    try psu.open(at: .zero)
    device.forget()
    #expect(throws: InstrumentError.self) {
      _ = try psu.perform(.setCurrent(Amperes(1), ceiling: Volts(32.01)), at: .zero)
    }
    #expect(device.writes.isEmpty)
  }
}
