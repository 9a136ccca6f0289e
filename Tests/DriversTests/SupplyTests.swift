import Drivers
import Instruments
import Profiles
import Quantities
import Testing

@Suite("A supply by its profile")
struct SupplyTests {
  @Test(
    "opens with its output off and its limits armed, scaled by its model",
    arguments: [(UInt16(60060), 440, 6200), (60064, 440, 6200), (60065, 4400, 62000)])
  func opens(model: UInt16, overVoltage: Int, overCurrent: Int) throws {
    let device = try Shipped.supply(model: model)
    defer { device.stop() }
    let psu = try Shipped.instrument("psu", Shipped.profile("riden-rd6006"), device)
    try psu.open(at: .zero)
    #expect(device.writes.map(\.function).allSatisfy { $0 == 6 })
    #expect(
      device.writes.map { [$0.address, $0.number] } == [
        [15, 1], [18, 0], [9, 0], [8, 0], [82, overVoltage], [83, overCurrent],
      ])
  }

  @Test("changes nothing in a device that it does not know")
  func identity() throws {
    let device = try Shipped.supply(model: 60181)
    defer { device.stop() }
    let psu = try Shipped.instrument("psu", Shipped.profile("riden-rd6006"), device)
    let error = #expect(throws: InstrumentError.self) { try psu.open(at: .zero) }
    #expect(error?.code == .identity)
    #expect(error?.description.hasPrefix("psu: model_id reads 60181: a RD6006 reads 60060") == true)
    #expect(device.writes.isEmpty)
  }

  @Test("changes nothing in a device whose output comes on with the mains")
  func bootOutput() throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    device.inspect { $0.holding[68] = 1 }
    let psu = try Shipped.instrument("psu", Shipped.profile("riden-rd6006"), device)
    let error = #expect(throws: InstrumentError.self) { try psu.open(at: .zero) }
    #expect(error?.code == .readback)
    #expect(error?.description.contains("boot_output reads 1.0, wanted 0.0") == true)
    #expect(device.writes.isEmpty)
  }

  @Test("does not open without the limits that it has to arm")
  func limits() throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    let psu = try Shipped.instrument(
      "psu", Shipped.profile("riden-rd6006"), device, limits: ArmedLimits(voltage: Volts(4.4)))
    let error = #expect(throws: InstrumentError.self) { try psu.open(at: .zero) }
    #expect(error?.description == "psu: no current_limit given, which the profile arms")
    #expect(device.requests.isEmpty)
  }

  @Test("acquires all its readings in one request")
  func acquires() throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    let psu = try Shipped.instrument("psu", Shipped.profile("riden-rd6006"), device)
    try psu.open(at: .zero)
    device.inspect {
      ($0.holding[10], $0.holding[11], $0.holding[16], $0.holding[18]) = (421, 1234, 2, 1)
    }
    device.forget()
    let readings = Shipped.readings(psu)
    #expect(readings["voltage"] == Reading(421 * 0.01, at: Seconds(7)))
    #expect(readings["current"] == Reading(1234 * 0.001, at: Seconds(7)))
    #expect(readings["is_on"] == Reading(1, at: Seconds(7)))
    #expect(readings["protection_tripped"] == Reading(1, at: Seconds(7)))
    #expect(device.requests.map { [$0.function, $0.address, $0.number] } == [[3, 10, 9]])
  }

  @Test("sets the ceiling before the current, and only when it changed")
  func ceiling() throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    let psu = try Shipped.instrument("psu", Shipped.profile("riden-rd6006"), device)
    try psu.open(at: .zero)
    device.forget()
    let first = try psu.perform(.setCurrent(Amperes(1.2346), ceiling: Volts(4.3)), at: .zero)
    #expect(first == Readback(requested: 1.2346, read: 1235 * 0.001, agrees: true))
    _ = try psu.perform(.setCurrent(Amperes(2), ceiling: Volts(4.3)), at: .zero)
    _ = try psu.perform(.setCurrent(Amperes(2), ceiling: Volts(4.2)), at: .zero)
    #expect(
      device.writes.map { [$0.address, $0.number] } == [
        [8, 430], [9, 1235], [9, 2000], [8, 420], [9, 2000],
      ])
  }

  @Test("a command that the device does not take is read back so")
  func disagreement() throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    let psu = try Shipped.instrument("psu", Shipped.profile("riden-rd6006"), device)
    try psu.open(at: .zero)
    device.behave { request, _ in request.function == 6 ? .echo : .normal }
    let readback = try psu.perform(.switchOn, at: .zero)
    #expect(readback == Readback(requested: 1, read: 0, agrees: false))
  }

  @Test("what no register or rating holds is not sent", arguments: [-0.1, 6.1, .nan, .infinity])
  func refused(current: Double) throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    let psu = try Shipped.instrument("psu", Shipped.profile("riden-rd6006"), device)
    try psu.open(at: .zero)
    device.forget()
    let command = Command.setCurrent(Amperes(current), ceiling: Volts(4.2))
    let error = #expect(throws: InstrumentError.self) { _ = try psu.perform(command, at: .zero) }
    #expect(error?.code == .unsupported)
    #expect(throws: InstrumentError.self) {
      _ = try psu.perform(.rearm(hold: Seconds(1)), at: .zero)
    }
    #expect(device.requests.isEmpty)
  }

  @Test("a write whose reply was lost is read back, and not sent again when it was taken")
  func lostReply() throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    let profile = try Shipped.profile("riden-rd6006", timeout: 60)
    let psu = try Shipped.instrument("psu", profile, device)
    try psu.open(at: .zero)
    device.forget()
    device.behave { request, _ in request.function == 6 ? .silenceAfterDoing : .normal }
    #expect(try psu.perform(.switchOn, at: .zero).agrees)
    #expect(device.writes.map { [$0.address, $0.number] } == [[18, 1]])
  }

  @Test("a write that got lost itself is read back, then sent again")
  func lostWrite() throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    let profile = try Shipped.profile("riden-rd6006", timeout: 60)
    let psu = try Shipped.instrument("psu", profile, device)
    try psu.open(at: .zero)
    device.forget()
    device.behave { _, memory in
      // The first only.
      memory.holding[900] += 1
      return memory.holding[900] == 1 ? .silence : .normal
    }
    #expect(try psu.perform(.switchOn, at: .zero).agrees)
    #expect(
      device.requests.map { [$0.function, $0.address] } == [
        [6, 18], [3, 18], [6, 18], [3, 18],
      ])
  }

  @Test("a device that falls silent leaves its readings missing")
  func silent() throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    let profile = try Shipped.profile("riden-rd6006", timeout: 20)
    let psu = try Shipped.instrument("psu", profile, device)
    device.behave { _, _ in .silence }
    #expect(Shipped.readings(psu).values.allSatisfy { $0.quality == .missing })
    let error = #expect(throws: InstrumentError.self) { try psu.open(at: .zero) }
    #expect(error == InstrumentError(.bus, "psu: no reply reading 0x0000 within 20 ms"))
    #expect(device.requests.count == 2 * profile.timing.readAttempts)
  }

  @Test("is made safe at any time, also before it was opened")
  func safe() throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    device.inspect { ($0.holding[18], $0.holding[9]) = (1, 3000) }
    let psu = try Shipped.instrument("psu", Shipped.profile("riden-rd6006"), device)
    for _ in 0..<2 {
      try psu.makeSafe(at: .zero)
      #expect(device.inspect { [$0.holding[18], $0.holding[9]] } == [0, 0])
    }
    psu.close(at: .zero)
    #expect(device.writes.last.map { [$0.address, $0.number] } == [15, 0])
  }

  @Test("an output that stays on is not called safe")
  func unsafe() throws {
    let device = try Shipped.supply()
    defer { device.stop() }
    device.inspect { $0.holding[18] = 1 }
    device.behave { request, _ in request.function == 6 ? .echo : .normal }
    let psu = try Shipped.instrument("psu", Shipped.profile("riden-rd6006"), device)
    let error = #expect(throws: InstrumentError.self) { try psu.makeSafe(at: .zero) }
    #expect(error?.description == "psu: output reads 1.0, wanted 0.0")
  }
}
