import Drivers
import Instruments
import Profiles
import Quantities
import Synchronization
import Testing
import Transports

@Suite("A load that speaks no Modbus")
struct KP184Tests {
  static func load(_ device: KP184Device, timeout milliseconds: Double = 60) throws
    -> ProfiledInstrument
  {
    let profile = try Shipped.profile("kunkin-kp184", timeout: milliseconds)
    return try ProfiledInstrument(
      name: "load", profile: profile, descriptor: device.client, framing: .rtu, pacing: .stepped,
      limits: Shipped.limits)
  }

  @Test(
    "opens off and in constant current, whatever its firmware's checksum and acknowledgement",
    arguments: [true, false], KP184Device.Acknowledgement.allCases)
  func opens(highFirst: Bool, acknowledgement: KP184Device.Acknowledgement) throws {
    let device = try KP184Device {
      $0.isHighFirst = highFirst
      $0.acknowledgement = acknowledgement
      $0.noise = [0x00, 0xFF, 0x01, 0x06]
    }
    defer { device.stop() }
    let load = try Self.load(device)
    try load.open(at: .zero)
    #expect(device.writes == [[0x010E, 0], [0x0116, 0], [0x0110, 1]])
    #expect(device.register(0x0110) == 1)
    // Asked once: the wrong order is never sent again.
    #expect(device.state.withLock(\.refused) == (highFirst ? 0 : 1))
    let readback = try load.perform(.setCurrent(Amperes(1.5), ceiling: Volts(4.2)), at: .zero)
    #expect(readback == Readback(requested: 1.5, read: 1.5, agrees: true))
    #expect(device.register(0x0116) == 1500)
    #expect(try load.perform(.switchOn, at: .zero).agrees)
    device.change { $0.milliamperes = 1499 }
    let readings = Shipped.readings(load)
    #expect(readings["voltage"]?.valid == 3700 * 0.001)
    #expect(readings["current"]?.valid == 1499 * 0.001)
    #expect(readings["is_on"]?.valid == 1)
  }

  @Test("voltage, current and state come in one transaction")
  func coherent() throws {
    let device = try KP184Device()
    defer { device.stop() }
    let load = try Self.load(device)
    try load.open(at: .zero)
    device.bytes.forget()
    _ = Shipped.readings(load)
    #expect(device.bytes.requests == [[1, 3, 3, 0, 0, 0, 0x8E, 0x45]])
  }

  @Test("a load that goes off without a command counts as tripped, until it is switched on")
  func inferredTrip() throws {
    let device = try KP184Device()
    defer { device.stop() }
    let load = try Self.load(device)
    try load.open(at: .zero)
    #expect(Shipped.readings(load)["protection_tripped"]?.valid == 0)
    _ = try load.perform(.switchOn, at: .zero)
    #expect(Shipped.readings(load)["protection_tripped"]?.valid == 0)
    device.change { $0.registers[0x010E] = 0 }
    for _ in 0..<2 { #expect(Shipped.readings(load)["protection_tripped"]?.valid == 1) }
    // It stays said also when the load comes back by itself.
    device.change { $0.registers[0x010E] = 1 }
    #expect(Shipped.readings(load)["protection_tripped"]?.valid == 1)
    _ = try load.perform(.switchOff, at: .zero)
    _ = try load.perform(.switchOn, at: .zero)
    #expect(Shipped.readings(load)["protection_tripped"]?.valid == 0)
    _ = try load.perform(.switchOff, at: .zero)
    #expect(Shipped.readings(load)["protection_tripped"]?.valid == 0)
  }

  @Test("a write whose acknowledgement is lost is read back, and not sent again")
  func lostReply() throws {
    let device = try KP184Device()
    defer { device.stop() }
    let load = try Self.load(device)
    try load.open(at: .zero)
    device.bytes.forget()
    device.change { $0.lostReplies = 1 }
    #expect(try load.perform(.switchOn, at: .zero).agrees)
    #expect(device.writes == [[0x010E, 1]])
    device.bytes.forget()
    device.change { $0.lostWrites = 1 }
    #expect(
      try load.perform(.setCurrent(Amperes(2), ceiling: Volts(4)), at: .zero).agrees)
    #expect(device.writes == [[0x0116, 2000], [0x0116, 2000]])
  }

  @Test("a device that holds neither the old number nor the new is not written again")
  func thirdNumber() throws {
    let device = try KP184Device()
    defer { device.stop() }
    let load = try Self.load(device)
    try load.open(at: .zero)
    device.bytes.forget()
    device.change {
      $0.lostWrites = 1
      $0.registers[0x0116] = 777
    }
    let error = #expect(throws: InstrumentError.self) {
      _ = try load.perform(.setCurrent(Amperes(2), ceiling: Volts(4)), at: .zero)
    }
    #expect(
      error?.description.hasSuffix(
        "current_setpoint then reads 0.777, neither 2.0 as sent nor 0.0 as before: not sent again")
        == true, "\(error?.description ?? "")")
    #expect(device.writes.count == 1)
  }

  @Test("is made safe before it was opened, in the order that it answers")
  func safe() throws {
    let device = try KP184Device { $0.isHighFirst = false }
    defer { device.stop() }
    let load = try Self.load(device)
    try load.makeSafe(at: .zero)
    #expect((device.register(0x010E), device.register(0x0116)) == (0, 0))
  }

  @Test("a silent device is an error in bounded time, not a hang")
  func silent() throws {
    let device = try ByteDevice { _ in [] }
    defer { device.stop() }
    let profile = try Shipped.profile("kunkin-kp184", timeout: 20)
    let load = try ProfiledInstrument(
      name: "load", profile: profile, descriptor: device.client, framing: .rtu, pacing: .stepped,
      limits: Shipped.limits)
    let error = #expect(throws: InstrumentError.self) { try load.open(at: .zero) }
    #expect(error?.description == "load: no reply reading 0x0300 within 20 ms")
    #expect(Shipped.readings(load).values.allSatisfy { $0.quality == .missing })
  }

  @Test("an acquisition allocates nothing")
  func allocations() throws {
    let device = try KP184Device()
    defer { device.stop() }
    let load = try Self.load(device, timeout: 5000)
    try load.open(at: .zero)
    try AllocationTests.expectNone(load)
  }

  @Test("no Modbus line is made for it")
  func noModbus() throws {
    let device = try KP184Device()
    defer { device.stop() }
    let error = #expect(throws: LineError.self) {
      _ = try ModbusLine(
        name: "load", profile: Shipped.profile("kunkin-kp184"), descriptor: device.client,
        framing: .rtu, pacing: .stepped)
    }
    #expect(error?.code == .otherDialect)
    #expect(device.bytes.requests.isEmpty)
  }
}
