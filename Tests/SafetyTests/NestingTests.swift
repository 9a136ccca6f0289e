import Quantities
import Safety
import Testing

@Suite("SAF-003 limits nest")
struct NestingTests {
  @Test("the band in force is the intersection of the layers, whatever their order")
  func intersection() throws {
    var seed: UInt64 = 7
    func random(_ range: ClosedRange<Double>) -> Double {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return range.lowerBound
        + Double(seed >> 11) / Double(1 << 53) * (range.upperBound - range.lowerBound)
    }
    for _ in 0..<200 {
      let low = random(2.5...3)
      let high = random(3.9...4.2)
      let inner = LimitLayer(
        origin: .campaign, source: "campaign",
        bands: [.voltage: Scenes.band(low, high, margin: random(0...0.05))])
      let one = try Envelope(layers: [Scenes.bench, inner], rules: Scenes.rules)
      let other = try Envelope(layers: [inner, Scenes.bench], rules: Scenes.rules)
      #expect(one == other)
      let band = try #require(one.band(.voltage))
      #expect(band.operateLow == low && band.operateHigh == high)
    }
  }

  @Test("a layer looser than one outside it is refused, naming both")
  func refused() {
    for band in [
      Scenes.band(2.4, 4.2, margin: 0.01), Scenes.band(2.5, 4.3, margin: 0.01),
      Scenes.band(2.5, 4.2, margin: 0.06),
    ] {
      let loose = LimitLayer(origin: .cell, source: "loose.toml", bands: [.voltage: band])
      let error = #expect(throws: EnvelopeError.self) { try Scenes.envelope(loose) }
      #expect(error?.description.contains("loose.toml") == true)
      #expect(error?.description.contains("bench") == true)
    }
  }

  @Test("a bench without a limit that safety cannot do without is refused")
  func incomplete() {
    for kind in [LimitKind.voltage, .current, .temperature, .chargeTemperature] {
      var bench = Scenes.bench
      bench.bands[kind] = nil
      #expect(throws: EnvelopeError.self) { try Envelope(layers: [bench], rules: Scenes.rules) }
    }
  }

  @Test("a band whose numbers are not ordered cannot be made")
  func order() {
    #expect(LimitBand(operate: (2, 4), trip: (2.1, 5)) == nil)
    #expect(LimitBand(operate: (2, 4), trip: (1, 3.9)) == nil)
    #expect(LimitBand(operate: (4, 2), trip: (1, 5)) == nil)
    #expect(LimitBand(operate: (.nan, 2), trip: (1, 5)) == nil)
    #expect(LimitBand(operate: (2, 4), trip: (1, .infinity)) == nil)
  }
}
