import Drivers
import Instruments
import Profiles
import Quantities
import Testing
import Transports

@Suite("A bidirectional supply: source and load in one")
struct BidirectionalTests {
  /// An EA PSB 10060-60: 60 V, 60 A, 1500 W.
  static func device(
    volts: Float = 60, amperes: Float = 60, watts: Float = 1500
  ) throws -> UnitZeroDevice {
    try UnitZeroDevice {
      $0.setFloat(volts, at: 121)
      $0.setFloat(amperes, at: 123)
      $0.setFloat(watts, at: 125)
    }
  }

  static func supply(_ device: UnitZeroDevice, timeout: Double = 500) throws -> ProfiledInstrument {
    try ProfiledInstrument(
      name: "psb", profile: Shipped.profile("ea-psb10000", timeout: timeout),
      descriptor: device.client, framing: .rtu, pacing: .stepped, limits: Shipped.limits)
  }

  static func counts(_ value: Double, of nominal: Double) -> Int {
    Int((value / nominal * 52428).rounded())
  }

  @Test(
    "opens off, with limits armed as fractions of what it is rated",
    arguments: [(Float(60), Float(60), Float(1500)), (80, 170, 5000)])
  func opens(volts: Float, amperes: Float, watts: Float) throws {
    let device = try Self.device(volts: volts, amperes: amperes, watts: watts)
    defer { device.stop() }
    device.change { $0.holding[506] = 1 << 7 }
    let psb = try Self.supply(device)
    try psb.open(at: .zero)
    #expect(device.word(506) == 1 << 11)
    #expect([499, 500, 501].map(device.word) == [0, 0, 0])
    #expect(device.word(550) == Self.counts(4.4, of: Double(volts)))
    #expect(device.word(553) == Self.counts(6.2, of: Double(amperes)))
    #expect(device.word(556) == Self.counts(40, of: Double(watts)))
    // Every frame to unit 0, and nothing was written before the nominal values were read.
    #expect(device.bytes.requests.allSatisfy { $0[0] == 0 })
    #expect(device.requests.prefix(3).allSatisfy { $0.function == 3 })
  }

  @Test(
    "a nominal value that is none is a device that is not known", arguments: [0, -60, Float.nan])
  func noNominal(volts: Float) throws {
    let device = try Self.device(volts: volts)
    defer { device.stop() }
    let psb = try Self.supply(device)
    let error = #expect(throws: InstrumentError.self) { try psb.open(at: .zero) }
    #expect(error?.code == .identity)
    #expect(device.writes.isEmpty)
  }

  @Test("takes currents of both signs: the idle direction is zero before the other begins")
  func signs() throws {
    let device = try Self.device()
    defer { device.stop() }
    let psb = try Self.supply(device)
    try psb.open(at: .zero)
    device.bytes.forget()
    func set(_ amperes: Double) throws -> Readback {
      try psb.perform(.setCurrent(Amperes(amperes), ceiling: Volts(4.25)), at: .zero)
    }
    func written() -> [[Int]] {
      defer { device.bytes.forget() }
      return device.writes.map { [$0.address, $0.number] }
    }
    let ceiling = Self.counts(4.25, of: 60)
    #expect(try set(2.5).agrees)
    #expect(
      written() == [[499, 0], [501, 0], [500, ceiling], [501, Self.counts(2.5, of: 60)]])
    #expect(try set(3).agrees)
    #expect(written() == [[501, Self.counts(3, of: 60)]])
    let sinking = try set(-1.5)
    #expect(sinking.agrees)
    #expect(sinking.requested == -1.5)
    #expect(abs(sinking.read + 1.5) <= 60.0 / 52428)
    #expect(
      written() == [[501, 0], [499, 0], [500, 0], [499, Self.counts(1.5, of: 60)]])
    // Zero keeps the direction.
    #expect(try set(0) == Readback(requested: 0, read: 0, agrees: true))
    #expect(written() == [[499, 0]])
    #expect(try set(1).agrees)
    #expect(
      written() == [[499, 0], [501, 0], [500, ceiling], [501, Self.counts(1, of: 60)]])
  }

  @Test("its current is signed by the status word of the same request")
  func reads() throws {
    let device = try Self.device()
    defer { device.stop() }
    let psb = try Self.supply(device)
    try psb.open(at: .zero)
    device.change {
      $0.holding[506] = 1 << 7 | 1 << 11 | 0b10 << 9
      ($0.holding[507], $0.holding[508]) = (26214, 5243)
    }
    device.bytes.forget()
    var readings = Shipped.readings(psb)
    #expect(device.requests.map { [$0.function, $0.address, $0.number] } == [[3, 505, 4]])
    #expect(abs((readings["voltage"]?.valid ?? 0) - 30) < 1e-9)
    #expect(abs((readings["current"]?.valid ?? 0) - 6) < 0.001)
    #expect(readings["regulation"]?.valid == 2)
    #expect(readings["is_on"]?.valid == 1)
    device.change { $0.holding[506, default: 0] |= 1 << 12 }
    readings = Shipped.readings(psb)
    #expect(abs((readings["current"]?.valid ?? 0) + 6) < 0.001)
    #expect(readings["protection_tripped"]?.valid == 0)
    for bit in 15...19 {
      device.change {
        $0.holding[505] = bit < 16 ? 0 : 1 << (bit - 16)
        $0.holding[506] = bit < 16 ? 1 << bit : 0
      }
      #expect(Shipped.readings(psb)["protection_tripped"]?.valid == 1)
    }
    // 125 % may be more.
    device.change { $0.holding[508] = 0xFFFF }
    #expect(Shipped.readings(psb)["current"]?.quality == .sensorFault)
  }

  @Test("what is above 102 % of its nominal value is not sent")
  func overNominal() throws {
    let device = try Self.device()
    defer { device.stop() }
    let psb = try Self.supply(device)
    try psb.open(at: .zero)
    device.bytes.forget()
    let error = #expect(throws: InstrumentError.self) {
      _ = try psb.perform(.setCurrent(Amperes(61.3), ceiling: Volts(4.2)), at: .zero)
    }
    #expect(error?.code == .unsupported)
    #expect(!device.writes.contains { $0.address == 501 && $0.number > 0 })
  }

  @Test("a coil whose reply is lost is looked up in the status word, and not sent again")
  func lostReply() throws {
    let device = try Self.device()
    defer { device.stop() }
    let psb = try Self.supply(device, timeout: 60)
    try psb.open(at: .zero)
    device.bytes.forget()
    device.change {
      let obey = $0.coil
      $0.coil = { state, address, isOn in
        _ = obey(&state, address, isOn)
        return false
      }
    }
    #expect(try psb.perform(.switchOn, at: .zero).agrees)
    #expect(device.writes.map { [$0.function, $0.address] } == [[5, 405]])
  }

  @Test("gives the output its time to come on")
  func settles() throws {
    let device = try Self.device()
    defer { device.stop() }
    let psb = try Self.supply(device)
    try psb.open(at: .zero)
    device.change {
      $0.coil = { _, _, _ in true }
      // On at the fourth look.
      $0.look = { state in
        state.holding[900, default: 0] += 1
        if state.holding[900] == 4 { state.holding[506, default: 0] |= 1 << 7 }
      }
    }
    #expect(try psb.perform(.switchOn, at: .zero).agrees)
    device.change { $0.holding[506] = 1 << 11 }
    #expect(try !psb.perform(.switchOn, at: .zero).agrees)
  }

  @Test("an acquisition allocates nothing")
  func allocations() throws {
    let device = try Self.device()
    defer { device.stop() }
    let psb = try Self.supply(device, timeout: 5000)
    try psb.open(at: .zero)
    try AllocationTests.expectNone(psb)
  }
}
