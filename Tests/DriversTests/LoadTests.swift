import Drivers
import Instruments
import Quantities
import Testing

@Suite("A load by its profile")
struct LoadTests {
  @Test("opens in constant current with its input off and its limits armed")
  func opens() throws {
    let device = try Shipped.load()
    defer { device.stop() }
    device.inspect { $0.coils[0x0510] = 1 }
    let load = try Shipped.instrument("load", Shipped.profile("maynuo-m97"), device)
    try load.open(at: .zero)
    #expect(device.inspect { $0.coils[0x0500] } == 1)
    #expect(device.inspect { $0.coils[0x0510] } == 0)
    #expect(device.inspect { $0.holding[0x0B04] & 0xFF } == 1)
    #expect(device.inspect { $0.float(at: 0x0A34) } == 6.2)
    #expect(device.inspect { $0.float(at: 0x0A36) } == 4.4)
    #expect(device.inspect { $0.float(at: 0x0A38) } == 40)
    #expect(device.writes.allSatisfy { $0.function == 5 || $0.function == 16 })
  }

  @Test("sets its current as a float, high word first, and switches by command")
  func commands() throws {
    let device = try Shipped.load()
    defer { device.stop() }
    let load = try Shipped.instrument("load", Shipped.profile("maynuo-m97"), device)
    try load.open(at: .zero)
    device.forget()
    let readback = try load.perform(.setCurrent(Amperes(1.7), ceiling: Volts(4.2)), at: .zero)
    #expect(readback.agrees)
    #expect(readback.read == Double(Float(1.7)))
    #expect(
      device.writes.first?.frame.prefix(11) == [1, 16, 0x0A, 0x01, 0, 2, 4, 0x3F, 0xD9, 0x99, 0x9A])
    #expect(try load.perform(.switchOn, at: .zero) == Readback(requested: 1, read: 1, agrees: true))
    #expect(device.inspect { $0.coils[0x0510] } == 1)
    #expect(
      try load.perform(.switchOff, at: .zero) == Readback(requested: 0, read: 0, agrees: true))
    let commands = device.writes.filter { $0.address == 0x0A00 }.map { $0.word(7) }
    #expect(commands == [42, 43])
  }

  @Test("reads voltage and current in one go, coils one at a time")
  func acquires() throws {
    let device = try Shipped.load()
    defer { device.stop() }
    let load = try Shipped.instrument("load", Shipped.profile("maynuo-m97"), device)
    try load.open(at: .zero)
    device.inspect {
      $0.setFloat(3.6, at: 0x0B00, in: $0.holding)
      $0.setFloat(2.5, at: 0x0B02, in: $0.holding)
    }
    device.forget()
    let readings = Shipped.readings(load)
    #expect(readings["voltage"]?.valid == Double(Float(3.6)))
    #expect(readings["current"]?.valid == 2.5)
    #expect(readings["is_on"]?.valid == 0)
    #expect(readings["protection_tripped"]?.valid == 0)
    let words = device.requests.filter { $0.function == 3 }.map { [$0.address, $0.number] }
    #expect(words == [[0x0B00, 4]])
    #expect(device.requests.filter { $0.function == 1 }.allSatisfy { $0.number == 1 })
  }

  @Test("any of its faults is a tripped protection", arguments: 0x0520...0x0524)
  func faults(coil: Int) throws {
    let device = try Shipped.load()
    defer { device.stop() }
    let load = try Shipped.instrument("load", Shipped.profile("maynuo-m97"), device)
    try load.open(at: .zero)
    device.inspect { $0.coils[coil] = 1 }
    #expect(Shipped.readings(load)["protection_tripped"]?.valid == 1)
  }

  @Test("does not open on a reversed cell")
  func reversed() throws {
    let device = try Shipped.load()
    defer { device.stop() }
    device.inspect { $0.coils[0x0524] = 1 }
    let load = try Shipped.instrument("load", Shipped.profile("maynuo-m97"), device)
    let error = #expect(throws: InstrumentError.self) { try load.open(at: .zero) }
    #expect(error?.description.contains("check the wiring") == true)
    #expect(device.inspect { $0.coils[0x0510] } == 0)
  }

  @Test("is made safe also when a hand at the panel took it back")
  func safe() throws {
    let device = try Shipped.load()
    defer { device.stop() }
    let load = try Shipped.instrument("load", Shipped.profile("maynuo-m97", timeout: 60), device)
    try load.open(at: .zero)
    _ = try load.perform(.setCurrent(Amperes(2), ceiling: Volts(4.2)), at: .zero)
    _ = try load.perform(.switchOn, at: .zero)
    device.inspect { $0.coils[0x0500] = 0 }
    try load.makeSafe(at: .zero)
    #expect(device.inspect { $0.coils[0x0510] } == 0)
    #expect(device.inspect { $0.float(at: 0x0A01) } == 0)
  }
}
