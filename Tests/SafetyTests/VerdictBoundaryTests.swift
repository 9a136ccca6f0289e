import Quantities
import Safety
import Testing

@Suite("What the envelope's trips say, and where they begin")
struct VerdictBoundaryTests {
  private func trip(_ sample: Sample, _ layers: LimitLayer...) throws -> Trip? {
    try Envelope(layers: [Scenes.bench] + layers, rules: Scenes.rules).verdict(on: sample).trip
  }

  @Test("SAF-005 what is not a number has 0 as its limit, in the reading's unit")
  func notANumber() throws {
    let voltage = try trip(Scenes.sample(voltage: .nan))
    #expect(voltage?.what == "cell voltage is not a number" && voltage?.limit == 0)
    #expect(voltage?.unit == "V" && voltage?.requirement == "SAF-005")
    let current = try trip(Scenes.sample(current: .infinity))
    #expect(current?.what == "cell current is not a number" && current?.limit == 0)
    #expect(current?.unit == "A" && current?.value == .infinity)
  }

  @Test("SAF-005 a stale reading trips with its age; one without a time is stale")
  func stale() throws {
    var sample = Scenes.sample()
    sample.current = Reading(Amperes(0), at: Seconds(97), quality: .missing)
    let old = try trip(sample)
    #expect(old?.value == 3 && old?.limit == 2.5 && old?.unit == "s")
    #expect(old?.what == "cell current is stale (missing)")
    sample.current = Reading(Amperes(0), at: Seconds(.nan))
    #expect(try trip(sample)?.value.isNaN == true)
    sample = Scenes.sample()
    sample.cellVoltage = Reading(Volts(3.7), at: Seconds(.nan))
    #expect(try trip(sample)?.requirement == "SAF-005")
  }

  @Test("SAF-010 a temperature counts until it is older than the age limit, and no NaN does")
  func freshTemperature() throws {
    var sample = Scenes.sample(temperatures: [25])
    sample.surface[0] = Reading(Celsius(25), at: Seconds(97.5), quality: .missing)
    #expect(try trip(sample) == nil)
    sample.surface[0] = Reading(Celsius(25), at: Seconds(97.4999), quality: .missing)
    let blind = try trip(sample)
    #expect(blind?.what == "no valid surface temperature" && blind?.limit == 2.5)
    #expect(blind?.value.isNaN == true && blind?.unit == "s")
    sample.surface[0] = Reading(Celsius(.nan), at: sample.time)
    #expect(try trip(sample) != nil)
    sample.surface[0] = Reading(Celsius(25), at: sample.time, quality: .sensorFault)
    #expect(try trip(sample) != nil)
  }

  @Test("SAF-010 the windows of charge and discharge begin with the zero current, small ones too")
  func windows() throws {
    var narrow = Scenes.bench
    narrow.origin = .cell
    narrow.bands = [
      .chargeTemperature: Scenes.band(10, 20, margin: 1),
      .dischargeTemperature: Scenes.band(15, 30, margin: 1),
    ]
    for (current, temperature, what) in [
      (0.02, 8.9, "charge temperature below trip limit"), (0.02, 9, nil), (0.0199, 8.9, nil),
      (0.5, 21.1, "charge temperature above trip limit"), (0.5, 21, nil),
      (-0.02, 13.9, "discharge temperature below trip limit"), (-0.02, 14, nil),
      (-0.0199, 13.9, nil), (-0.5, 31.1, "discharge temperature above trip limit"),
      (-0.5, 31, nil), (0.5, 13.9, nil), (-0.5, 21.1, nil),
    ] as [(Double, Double, String?)] {
      let trip = try trip(Scenes.sample(current: current, temperatures: [temperature]), narrow)
      #expect(trip?.what == what)
      if let trip {
        #expect(trip.value == temperature && trip.unit == "degC" && trip.origin == .cell)
        #expect(trip.requirement == "SAF-010")
      }
    }
  }

  @Test("SAF-004 the window of every temperature stands at rest as well")
  func temperature() throws {
    for (temperature, what) in [
      (65.0, nil), (65.01, "temperature above trip limit"), (-25, nil),
      (-25.01, "temperature below trip limit"),
    ] as [(Double, String?)] {
      let trip = try trip(Scenes.sample(temperatures: [20, temperature]))
      #expect(trip?.what == what)
      if let trip { #expect(trip.requirement == "SAF-004" && trip.origin == .bench) }
    }
  }

  @Test("SAF-007 two devices on, one allowed; an off counts until it is older than the age limit")
  func bothOn() throws {
    let both = try trip(Scenes.sample(sourceOn: true, loadOn: true))
    #expect(both?.value == 2 && both?.limit == 1 && both?.unit == "devices")
    #expect(both?.what == "supply and load both on")
    // What was on at the age limit is on still.
    var old = Scenes.sample(sourceOn: true, loadOn: true)
    old.source.isOn = Reading(true, at: Seconds(97.5), quality: .missing)
    #expect(try trip(old)?.what == "supply and load both on")
    for (age, trips) in [(2.5, false), (2.5001, true)] {
      var sample = Scenes.sample(sourceOn: true)
      sample.load.isOn = Reading(false, at: Seconds(100 - age), quality: .missing)
      let load = try trip(sample)
      sample = Scenes.sample(loadOn: true)
      sample.source.isOn = Reading(false, at: Seconds(100 - age), quality: .missing)
      let supply = try trip(sample)
      guard trips else {
        #expect(load == nil && supply == nil)
        continue
      }
      #expect(load?.what == "load is not known to be off" && supply?.requirement == "SAF-007")
      #expect(supply?.what == "supply is not known to be off" && supply?.limit == 2.5)
      #expect(supply?.value == 100 - (100 - age) && supply?.unit == "s")
    }
  }

  @Test("SAF-004 a device's own protection: 1 where 0 is allowed, by the instrument")
  func protection() throws {
    var sample = Scenes.sample()
    sample.load.protectionTripped = Reading(true, at: sample.time)
    let load = try trip(sample)
    #expect(load?.what == "load's own protection tripped" && load?.origin == .instrument)
    #expect(load?.value == 1 && load?.limit == 0 && load?.requirement == "SAF-004")
    sample.source.protectionTripped = Reading(true, at: sample.time)
    let source = try trip(sample)
    #expect(source?.what == "supply's own protection tripped" && source?.origin == .instrument)
    #expect(source?.value == 1 && source?.limit == 0 && source?.requirement == "SAF-004")
    sample.source.protectionTripped = Reading(true, at: sample.time, quality: .missing)
    sample.load.protectionTripped = Reading(true, at: sample.time, quality: .missing)
    #expect(try trip(sample) == nil)
  }

  @Test("SAF-015 an interlock: 0 where 1 is wanted, by its name or else its number")
  func interlock() throws {
    let envelope = try Envelope(
      layers: [Scenes.bench],
      rules: EnvelopeRules(
        ageLimit: Seconds(2.5), zeroCurrent: Amperes(0.02), interlocks: ["E-stop", "door"]))
    for (index, name) in [(0, "E-stop"), (1, "door"), (2, "3"), (3, "4")] {
      var sample = Scenes.sample()
      sample.interlockCount = 4
      for each in 0..<4 { sample.interlocks[each] = Reading(each != index, at: sample.time) }
      let trip = try #require(envelope.verdict(on: sample).trip)
      #expect(trip.what == "interlock \(name) is open, or not known to be closed")
      #expect(trip.value == 0 && trip.limit == 1 && trip.requirement == "SAF-015")
      // One that is not wired says nothing.
      sample.interlockCount = index
      #expect(envelope.verdict(on: sample) == .ok)
    }
  }
}
