import Drivers
import Instruments
import Quantities
import Testing

@Suite("Contactor, pace and chamber by their profiles")
struct ContactorTests {
  @Test("SAF-014 the contactor is closed only for a time, by the documented frame")
  func rearm() throws {
    let device = try Shipped.relay()
    defer { device.stop() }
    let contactor = try Shipped.instrument("contactor", Shipped.profile("waveshare-relay"), device)
    try contactor.open(at: .zero)
    #expect(device.writes.map(\.frame) == [[1, 5, 0, 0, 0, 0, 0xCD, 0xCA]])
    device.forget()
    let readback = try contactor.perform(.rearm(hold: Seconds(0.7)), at: .zero)
    #expect(readback == Readback(requested: 1, read: 1, agrees: true))
    // The vendor's own example.
    #expect(device.writes.map(\.frame) == [[1, 5, 2, 0, 0, 7, 0x8D, 0xB0]])
    #expect(Shipped.readings(contactor)["closed"]?.valid == 1)
    #expect(try contactor.perform(.openContactor, at: .zero).agrees)
    #expect(Shipped.readings(contactor)["closed"]?.valid == 0)
  }

  @Test("a contactor that does not close is told")
  func weld() throws {
    let device = try Shipped.relay()
    defer { device.stop() }
    device.behave { request, _ in request.address == 0x0200 ? .echo : .normal }
    let contactor = try Shipped.instrument("contactor", Shipped.profile("waveshare-relay"), device)
    try contactor.open(at: .zero)
    let readback = try contactor.perform(.rearm(hold: Seconds(2.5)), at: .zero)
    #expect(readback == Readback(requested: 1, read: 0, agrees: false))
  }

  @Test("a hold that no register can say is refused", arguments: [-1, 6553.6, .nan])
  func hold(seconds: Double) throws {
    let device = try Shipped.relay()
    defer { device.stop() }
    let contactor = try Shipped.instrument("contactor", Shipped.profile("waveshare-relay"), device)
    #expect(throws: InstrumentError.self) {
      _ = try contactor.perform(.rearm(hold: Seconds(seconds)), at: .zero)
    }
    #expect(device.requests.isEmpty)
  }

  /// A pace whose clock runs on to what is asked, in whole words of memory.
  static let clock:
    @Sendable (VirtualDevice.Request, VirtualDevice.Memory) ->
      VirtualDevice.Answer = { request, memory in
        guard request.function == 23 else { return .normal }
        // 23: read address, read count, write address, write count, bytes, words.
        let wanted = request.word(11) << 16 | request.word(13)
        let time = Int(memory.holding[2]) << 16 | Int(memory.holding[3])
        if wanted > time {
          memory.holding[2] = UInt16(wanted >> 16)
          memory.holding[3] = UInt16(wanted & 0xFFFF)
          memory.holding[900] += 1
        }
        // Every third reply gets lost.
        memory.holding[901] += 1
        return memory.holding[901] % 3 == 2 ? .silenceAfterDoing : .normal
      }

  @Test("the pace runs on by what is asked, in one transaction, also when replies get lost")
  func pace() throws {
    let device = try VirtualDevice(prepare: { $0.holding[0] = 0x4C53 }, behaviour: Self.clock)
    defer { device.stop() }
    let pace = try Shipped.instrument("pace", Shipped.profile("rig-pace", timeout: 60), device)
    try pace.open(at: .zero)
    device.inspect { ($0.holding[2], $0.holding[3]) = (1, 0) }
    #expect(Shipped.readings(pace)["time"]?.valid == 65536 * 0.001)
    for tick in 1...5 {
      let readback = try pace.perform(.advance(Seconds(1)), at: .zero)
      #expect(readback.agrees)
      #expect(abs(readback.read - (65.536 + Double(tick))) < 1e-9)
    }
    #expect(device.inspect { $0.holding[900] } == 5)
    #expect(throws: InstrumentError.self) {
      _ = try pace.perform(.advance(Seconds(-1)), at: .zero)
    }
  }

  @Test("the chamber takes degrees below zero", arguments: [-10.0, 0, 25.3])
  func chamber(ambient: Double) throws {
    let device = try VirtualDevice()
    defer { device.stop() }
    let chamber = try Shipped.instrument(
      "chamber", Shipped.profile("generic-modbus-chamber"), device)
    try chamber.open(at: .zero)
    #expect(try chamber.perform(.setAmbient(Celsius(ambient)), at: .zero).agrees)
    #expect(device.inspect { Int16(bitPattern: $0.holding[0]) } == Int16((ambient * 10).rounded()))
    #expect(Shipped.readings(chamber)["setpoint"]?.valid == (ambient * 10).rounded() * 0.1)
    #expect(device.requests.last.map { [$0.address, $0.number] } == [0, 2])
  }
}
