import Quantities
import Safety
import Testing

@Suite("The envelope judges every scan")
struct VerdictTests {
  @Test("a quiet sample within every limit is ok")
  func quiet() throws {
    #expect(try Scenes.envelope().verdict(on: Scenes.sample()) == .ok)
  }

  @Test(
    "SAF-004 a value one resolution past its trip limit trips, one before does not",
    arguments: [
      (4.25, 0.0, false), (4.2501, 0.0, true), (2.45, 0.0, false), (2.4499, 0.0, true),
      (3.7, 10.5, false), (3.7, 10.5001, true), (3.7, -10.5, false), (3.7, -10.5001, true),
    ])
  func boundaries(voltage: Double, current: Double, trips: Bool) throws {
    let sample = Scenes.sample(voltage: voltage, current: current)
    let trip = try Scenes.envelope().verdict(on: sample).trip
    #expect((trip != nil) == trips)
    if let trip { #expect(trip.requirement == "SAF-004") }
  }

  @Test("SAF-003 the tightest layer's limit is the one that trips, and is named")
  func tightest() throws {
    let envelope = try Scenes.envelope(Scenes.cell)
    let trip = try #require(envelope.verdict(on: Scenes.sample(voltage: 4.16)).trip)
    #expect(trip.origin == .cell)
    #expect(abs(trip.limit - 4.15) < 1e-12)
    #expect(trip.value == 4.16)
    #expect(abs(trip.margin + 0.01) < 1e-12)
  }

  @Test("SAF-005 a reading that is not a number trips")
  func notANumber() throws {
    for voltage in [Double.nan, .infinity, -.infinity] {
      #expect(try Scenes.envelope().verdict(on: Scenes.sample(voltage: voltage)).trip != nil)
      #expect(try Scenes.envelope().verdict(on: Scenes.sample(current: voltage)).trip != nil)
    }
  }

  @Test("SAF-005 a stale reading trips once it is older than the age limit, not before")
  func stale() throws {
    for (age, trips) in [(2.5, false), (2.5001, true)] {
      var sample = Scenes.sample()
      sample.cellVoltage = Reading(Volts(3.7), at: Seconds(100 - age), quality: .missing)
      #expect((try Scenes.envelope().verdict(on: sample).trip != nil) == trips)
      sample = Scenes.sample()
      sample.current = Reading(Amperes(0), at: Seconds(100 - age), quality: .missing)
      #expect((try Scenes.envelope().verdict(on: sample).trip != nil) == trips)
    }
  }

  @Test("SAF-010 no valid surface temperature trips; one valid one of two is enough")
  func thermometers() throws {
    let envelope = try Scenes.envelope()
    var sample = Scenes.sample()
    sample.surface[0] = Reading(Celsius(.nan), at: sample.time, quality: .sensorFault)
    #expect(envelope.verdict(on: sample) == .ok)
    sample.surface[1] = Reading(Celsius(.nan), at: sample.time, quality: .sensorFault)
    #expect(envelope.verdict(on: sample).trip?.requirement == "SAF-005")
  }

  @Test("SAF-010 charging outside the charge window trips by the worst sensor; resting does not")
  func chargeWindow() throws {
    let envelope = try Scenes.envelope()
    for temperatures in [[-0.1, 20], [20, 45.1], [45.1, 20], [20, -0.1]] {
      let charging = Scenes.sample(current: 1, temperatures: temperatures)
      #expect(envelope.verdict(on: charging).trip?.requirement == "SAF-010")
      let resting = Scenes.sample(current: 0.01, temperatures: temperatures)
      #expect(envelope.verdict(on: resting) == .ok)
      let discharging = Scenes.sample(current: -1, temperatures: temperatures)
      #expect(envelope.verdict(on: discharging) == .ok)
    }
  }

  @Test("SAF-010 charging above the derating table trips, by the least row that a sensor is in")
  func derating() throws {
    for (current, temperatures, limit) in [
      (3.4, [26.0, 27], nil), (3.4, [24, 27], 1.5), (1, [45.1, 45.1], 45),
    ] as [(Double, [Double], Double?)] {
      var film = try Film(Scenes.cell)
      film.setPoint = current
      let trip = film.play(for: 10) { $0.sample(temperatures: temperatures) }
      #expect(trip?.limit == limit)
    }
  }

  @Test("SAF-007 supply and load both on trips; so does one on and the other long unknown")
  func bothOn() throws {
    let envelope = try Scenes.envelope()
    #expect(envelope.verdict(on: Scenes.sample(sourceOn: true)) == .ok)
    #expect(envelope.verdict(on: Scenes.sample(loadOn: true)) == .ok)
    let both = Scenes.sample(sourceOn: true, loadOn: true)
    #expect(envelope.verdict(on: both).trip?.requirement == "SAF-007")
    var unknown = Scenes.sample(sourceOn: true)
    unknown.load.isOn = Reading(false, at: Seconds(97), quality: .missing)
    #expect(envelope.verdict(on: unknown).trip?.requirement == "SAF-007")
  }

  @Test("SAF-004 a device whose own protection tripped trips the bench")
  func protection() throws {
    var sample = Scenes.sample()
    sample.source.protectionTripped = Reading(true, at: sample.time)
    #expect(try Scenes.envelope().verdict(on: sample).trip != nil)
    sample = Scenes.sample()
    sample.load.protectionTripped = Reading(true, at: sample.time)
    #expect(try Scenes.envelope().verdict(on: sample).trip != nil)
  }
}
