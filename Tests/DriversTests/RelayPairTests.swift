import Drivers
import Instruments
import Profiles
import Quantities
import Testing

@Suite("Two relays in turn")
struct RelayPairTests {
  private static let name = "waveshare-relay-pair"

  private func contactor(_ device: VirtualDevice) throws -> ProfiledInstrument {
    let contactor = try Shipped.instrument("contactor", Shipped.profile(Self.name), device)
    try contactor.open(at: .zero)
    device.forget()
    return contactor
  }

  /// One scan as a bench does it: acquire, and later the order, which carries the scan's time.
  private func scan(
    _ contactor: ProfiledInstrument, _ pair: TimedPair, _ time: (scan: Double, order: Double),
    hold: Double
  ) throws -> Readback {
    pair.wait(until: time.scan)
    #expect(Shipped.readings(contactor)["closed"]?.quality == .good)
    pair.wait(until: time.order)
    return try contactor.perform(.rearm(hold: Seconds(hold)), at: Seconds(time.scan))
  }

  /// As many turns as there are times; when the last order was carried out.
  private func hold(
    _ contactor: ProfiledInstrument, _ pair: TimedPair, _ scans: Scans
  ) throws -> Double {
    for time in scans.times {
      let readback = try scan(contactor, pair, time, hold: scans.hold)
      #expect(readback == Readback(requested: 1, read: 1, agrees: true))
    }
    return scans.times.last?.order ?? 0
  }

  @Test(
    "SAF-014 are closed by the documented frames, one at a time, each when half of the other's time is over"
  )
  func order() throws {
    let pair = TimedPair(), device = try pair.device()
    defer { device.stop() }
    let contactor = try contactor(device)
    for second in 0..<10 {
      let time = (scan: Double(second), order: Double(second))
      #expect(try scan(contactor, pair, time, hold: 4).agrees)
    }
    #expect(
      pair.closings.map { [Double($0.relay), $0.from, $0.to] }
        == [[0, 0, 4], [1, 2, 6], [0, 4, 8], [1, 6, 10], [0, 8, 12]])
    // By pymodbus: fixtures/frames/exchanges.json, and the vendor's checksum rule for the first.
    let first: [UInt8] = [1, 5, 2, 0, 0, 40, 0xCC, 0x6C],
      second: [UInt8] = [1, 5, 2, 1, 0, 40, 0x9D, 0xAC]
    #expect(device.writes.map(\.frame) == [first, second, first, second, first])
  }

  static let scans = [
    Scans(period: 0.1, hold: 1.3), Scans(period: 0.1, hold: 2.5), Scans(period: 0.1, hold: 60),
    Scans(period: 0.25, hold: 1.25), Scans(period: 0.37, hold: 2), Scans(period: 0.5, hold: 2.5),
    Scans(period: 0.7, hold: 4), Scans(period: 1, hold: 5), Scans(period: 1, hold: 7.3),
    Scans(period: 10, hold: 50), Scans(period: 0.1, hold: 1.3, spread: 0.7),
    Scans(period: 0.5, hold: 2.5, spread: 0.7), Scans(period: 1, hold: 5, spread: 0.7),
    Scans(period: 1, hold: 5.1, spread: 0.7),
    Scans(period: 0.3, hold: 1.5, spread: 0.2, missing: 7),
    Scans(period: 1, hold: 5, spread: 0.2, missing: 2), Scans(period: 1, hold: 5, missing: 3),
    Scans(period: 1, hold: 5, spread: 0.2, missing: 5),
  ]

  @Test(
    "SAF-014 overlap: no instant without a closed relay, and none is told while it is closed",
    arguments: scans)
  func overlap(_ scans: Scans) throws {
    let pair = TimedPair(), device = try pair.device()
    defer { device.stop() }
    let last = try hold(contactor(device), pair, scans)
    #expect(pair.gap(until: last) == nil)
    #expect(pair.ignored == 0)
    #expect(pair.closings.count >= 8)
    #expect(zip(pair.closings, pair.closings.dropFirst()).allSatisfy { $0.relay != $1.relay })
  }

  @Test(
    "SAF-014 open a hold after the last order at the latest, whenever that was", arguments: 1...30)
  func deadMan(orders: Int) throws {
    let pair = TimedPair(), device = try pair.device()
    defer { device.stop() }
    let contactor = try contactor(device)
    var last = 0.0
    for time in Scans(period: 0.3, hold: 2, spread: 0.5).times.prefix(orders) {
      #expect(try scan(contactor, pair, time, hold: 2).agrees)
      last = time.order
    }
    #expect(pair.closings.allSatisfy { $0.to <= last + 2 + 1e-9 })
    // Reading alone holds nothing.
    device.forget()
    pair.wait(until: last + 2)
    #expect(Shipped.readings(contactor)["closed"]?.valid == 0)
    #expect(device.writes.isEmpty)
  }

  @Test("SAF-014 scans of half a hold leave gaps: that is why five in one are wanted")
  func tooSlow() throws {
    let pair = TimedPair(), device = try pair.device()
    defer { device.stop() }
    let contactor = try contactor(device)
    for time in Scans(period: 1, hold: 1.9, spread: 0.7).times {
      _ = try scan(contactor, pair, time, hold: 1.9)
    }
    #expect(pair.gap(until: 90) != nil)
  }

  @Test("relays slower or faster than they say still overlap", arguments: [0.9, 1.2, 1.4])
  func ownTime(slowness: Double) throws {
    let pair = TimedPair(), device = try pair.device()
    defer { device.stop() }
    pair.slow(slowness)
    let last = try hold(contactor(device), pair, Scans(period: 0.5, hold: 4, spread: 0.2))
    #expect(pair.gap(until: last) == nil)
    #expect(pair.ignored == 0)
  }

  @Test(
    "SAF-014 a relay of the two that does not close is told at its first turn", arguments: [0, 1])
  func dead(relay: Int) throws {
    let pair = TimedPair(), device = try pair.device()
    defer { device.stop() }
    pair.kill(relay)
    let contactor = try contactor(device)
    var wrong: [Double] = []
    for time in Scans(period: 1, hold: 5).times.prefix(5) {
      let readback = try scan(contactor, pair, time, hold: 5)
      if !readback.agrees { wrong.append(time.scan) }
    }
    // The second one's turn comes at the first scan past half a hold.
    #expect(wrong.first == (relay == 0 ? 0 : 3))
  }

  @Test(
    "SAF-014 a relay that reads closed when its time is long over is an error: it is no dead man's")
  func overdue() throws {
    let pair = TimedPair(), device = try pair.device()
    defer { device.stop() }
    pair.stick(0)
    let contactor = try contactor(device)
    var error: InstrumentError?
    var at = 0.0
    for time in Scans(period: 1, hold: 5).times.prefix(10) where error == nil {
      do { _ = try scan(contactor, pair, time, hold: 5) } catch let wrong as InstrumentError {
        (error, at) = (wrong, time.scan)
      }
    }
    #expect(at == 8)
    #expect(
      error?.description.contains("closed_a reads 1.0 8.0 s after a closing for 5.0 s, 0 wanted")
        == true, "\(String(describing: error))")
    #expect(throws: InstrumentError.self) { try contactor.makeSafe(at: .zero) }
  }

  @Test(
    "SAF-014 opening and making safe switch both off and want both seen open", arguments: [0, 1])
  func off(stuck: Int) throws {
    let pair = TimedPair(), device = try pair.device()
    defer { device.stop() }
    let contactor = try contactor(device)
    for (order, begin) in [(Command.openContactor, 0), (nil, 10)] {
      for second in begin..<begin + 4 {
        #expect(try scan(contactor, pair, (Double(second), Double(second)), hold: 4).agrees)
      }
      if let order {
        #expect(try contactor.perform(order, at: .zero).agrees)
      } else {
        try contactor.makeSafe(at: .zero)
      }
      #expect(Shipped.readings(contactor)["closed"]?.valid == 0)
    }
    pair.stick(stuck)
    #expect(try contactor.perform(.openContactor, at: .zero).agrees == false)
    #expect(throws: InstrumentError.self) { try contactor.makeSafe(at: .zero) }
  }

  @Test("the contactor reads closed while one of the two does, and says which")
  func channels() throws {
    let pair = TimedPair(), device = try pair.device()
    defer { device.stop() }
    let contactor = try contactor(device)
    var seen: [[Double?]] = []
    for time in [0.0, 1, 2, 3] {
      _ = try scan(contactor, pair, (time, time), hold: 4)
      let readings = Shipped.readings(contactor)
      seen.append(["closed", "closed_a", "closed_b"].map { readings[$0]?.valid })
    }
    #expect(seen == [[1, 1, 0], [1, 1, 0], [1, 1, 1], [1, 1, 1]])
  }

  @Test("a hold that no register can say is refused", arguments: [-1, 6553.6, .nan])
  func hold(seconds: Double) throws {
    let pair = TimedPair(), device = try pair.device()
    defer { device.stop() }
    let contactor = try contactor(device)
    #expect(throws: InstrumentError.self) {
      _ = try contactor.perform(.rearm(hold: Seconds(seconds)), at: .zero)
    }
    #expect(device.requests.isEmpty)
  }

  @Test(
    "SAF-014 nothing is read between the order and the closing: it rests on the scan's own acquisition"
  )
  func nothingBetween() throws {
    let pair = TimedPair(), device = try pair.device()
    defer { device.stop() }
    let contactor = try contactor(device)
    _ = try contactor.perform(.rearm(hold: Seconds(4)), at: .zero)
    #expect(device.requests.map(\.isWrite) == [true, false])
  }
}
