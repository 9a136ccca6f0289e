import Quantities
import Safety
import Testing

@Suite("SAF-003 which layer a limit is from")
struct NestingBoundaryTests {
  private func band(
    _ tripLow: Double, _ operateLow: Double, _ operateHigh: Double, _ tripHigh: Double
  ) throws -> LimitBand {
    try #require(LimitBand(operate: (operateLow, operateHigh), trip: (tripLow, tripHigh)))
  }

  @Test("a layer that only repeats a limit does not own it")
  func repeated() throws {
    let again = LimitLayer(origin: .cell, source: "cell", bands: Scenes.bench.bands)
    #expect(try Scenes.envelope(again) == Scenes.envelope())
    let envelope = try Scenes.envelope(again)
    for voltage in [2.4, 4.3] {
      #expect(envelope.verdict(on: Scenes.sample(voltage: voltage)).trip?.origin == .bench)
    }
  }

  @Test("each of the four bounds is taken from the layer that is tighter there, and owned by it")
  func each() throws {
    let layer = LimitLayer(
      origin: .campaign, source: "campaign",
      bands: [.voltage: try band(2.47, 2.55, 4.1, 4.24)])
    let envelope = try Scenes.envelope(layer)
    #expect(envelope.band(.voltage) == (try band(2.47, 2.55, 4.1, 4.24)))
    let low = envelope.verdict(on: Scenes.sample(voltage: 2.4699)).trip
    #expect(low?.origin == .campaign && low?.limit == 2.47 && low?.unit == "V")
    let high = envelope.verdict(on: Scenes.sample(voltage: 4.2401)).trip
    #expect(high?.origin == .campaign && high?.limit == 4.24)
    #expect(envelope.band(.power) == nil)
  }

  @Test("two layers of one origin: the second nests in the first, as they were given")
  func sameOrigin() throws {
    let inner = LimitLayer(
      origin: .bench, source: "inner", bands: [.voltage: Scenes.band(3, 4, margin: 0)])
    #expect(
      try Envelope(layers: [Scenes.bench, inner], rules: Scenes.rules).band(.voltage)
        == Scenes.band(3, 4, margin: 0))
    #expect(throws: EnvelopeError.self) {
      try Envelope(layers: [inner, Scenes.bench], rules: Scenes.rules)
    }
  }

  @Test("the error says both bands, and what a delay must be")
  func words() {
    let loose = LimitLayer(
      origin: .cell, source: "loose.toml", bands: [.voltage: Scenes.band(2.5, 4.3, margin: 0)])
    let wider = #expect(throws: EnvelopeError.self) { try Scenes.envelope(loose) }
    #expect(
      wider?.description == """
        loose.toml: voltage operate 2.5..4.3, trip 2.5..4.3 is wider than bench allows: \
        operate 2.5..4.2, trip 2.45..4.25
        """)
    let delayed = LimitLayer(origin: .cell, source: "c.toml", delays: [.power: Seconds(1)])
    let delay = #expect(throws: EnvelopeError.self) { try Scenes.envelope(delayed) }
    #expect(
      delay?.description == """
        c.toml: power: a delay of 1.0 s: hard limits take none, others 0 s or more beside \
        their band
        """)
  }

  @Test("SAF-004 a delay of 0 s is one, and no other than none")
  func zeroDelay() throws {
    func layer(_ delays: [LimitKind: Seconds]) -> LimitLayer {
      LimitLayer(
        origin: .cell, source: "c", bands: [.power: Scenes.band(-1, 1, margin: 0)],
        delays: delays)
    }
    #expect(try Scenes.envelope(layer([.power: .zero])) == Scenes.envelope(layer([:])))
  }
}
