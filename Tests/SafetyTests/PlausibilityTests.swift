import Quantities
import Safety
import Testing

@Suite("SAF-005 readings are held against each other")
struct PlausibilityTests {
  /// Judges for 10 s; the first trip of `scene`.
  private func film(
    setPoint: Double, _ rules: PlausibilityRules = PlausibilityRules(),
    _ scene: (inout Film) -> Sample
  ) throws -> Trip? {
    var film = try Film(plausibility: rules)
    film.setPoint = setPoint
    return film.play(for: 10, scene)
  }

  @Test("instruments that agree do not trip, whatever the current")
  func agree() throws {
    for current in [-5.0, -0.1, 0, 0.1, 5] {
      #expect(try film(setPoint: current) { $0.sample() } == nil)
    }
  }

  @Test(
    "SAF-016 the supply's voltage less the cell's: 0.35 V above is the leads, 0.1 V below an error",
    arguments: [(0.3499, false), (0.3501, true), (-0.0999, false), (-0.1001, true)])
  func supplyVoltage(drop: Double, trips: Bool) throws {
    let trip = try film(setPoint: 2) {
      var sample = $0.sample()
      sample.source.voltage = Reading(Volts(3.7 + drop), at: sample.time)
      return sample
    }
    #expect((trip != nil) == trips)
    if let trip {
      #expect(trip.requirement == "SAF-016" && trip.limit == (drop > 0 ? 0.35 : -0.1))
      #expect(trip.time == Seconds(2))
    }
  }

  @Test(
    "SAF-016 the cell's voltage less the load's likewise",
    arguments: [(0.3499, false), (0.3501, true), (-0.0999, false), (-0.1001, true)])
  func loadVoltage(drop: Double, trips: Bool) throws {
    let trip = try film(setPoint: -2) {
      var sample = $0.sample()
      sample.load.voltage = Reading(Volts(3.7 - drop), at: sample.time)
      return sample
    }
    #expect((trip != nil) == trips)
    if let trip { #expect(trip.what.contains("load") && trip.requirement == "SAF-016") }
  }

  @Test(
    "SAF-016 a device that drives and has no fresh voltage shows nothing of its leads; one that reads none is not asked",
    arguments: [-2.0, 2])
  func silentTerminal(current: Double) throws {
    for (reads, on, trips) in [(true, true, true), (true, false, false), (false, true, false)] {
      var rules = PlausibilityRules()
      (rules.supplyReadsVoltage, rules.loadReadsVoltage) = (
        reads || current < 0, reads || current > 0
      )
      let trip = try film(setPoint: current, rules) {
        var sample = $0.sample()
        let old = Reading(Volts(3.7), at: .zero, quality: .implausible)
        if current > 0 { sample.source.voltage = old } else { sample.load.voltage = old }
        if !on {
          sample.source.isOn.quality = .missing
          sample.load.isOn.quality = .missing
        }
        return sample
      }
      #expect(trip?.time == (trips ? Seconds(3) : nil))
      if let trip {
        let name = current > 0 ? "supply" : "load"
        #expect(trip.what == "\(name)'s voltage is stale (implausible): its leads are not watched")
        #expect(trip.value == 3 && trip.limit == 2.5 && trip.unit == "s")
        #expect(trip.requirement == "SAF-016")
      }
    }
    // At the age limit itself it is fresh.
    var slow = try Film()
    (slow.period, slow.setPoint) = (0.5, current)
    let late = slow.play(for: 10) {
      var sample = $0.sample()
      let old = Reading(Volts(3.7), at: .zero, quality: .missing)
      if current > 0 { sample.source.voltage = old } else { sample.load.voltage = old }
      return sample
    }
    #expect(late?.time == Seconds(3))
    // The other side's, and one that does not drive, are not asked either.
    let idle = try film(setPoint: 0) {
      var sample = $0.sample(current: 0.019)
      sample.source.voltage = Reading(Volts(3.7), at: .zero, quality: .missing)
      sample.load.voltage = sample.source.voltage
      sample.source.isOn = Reading(true, at: sample.time)
      return sample
    }
    #expect(idle == nil)
  }

  @Test("SAF-016 a blocking diode's drop is the supply's alone")
  func diode() throws {
    var rules = PlausibilityRules()
    rules.diodeDrop = Volts(0.7)
    let supply = try film(setPoint: 2, rules) {
      var sample = $0.sample()
      sample.source.voltage = Reading(Volts(4.7), at: sample.time)
      return sample
    }
    #expect(supply == nil)
    let load = try film(setPoint: -2, rules) {
      var sample = $0.sample()
      sample.load.voltage = Reading(Volts(3.2), at: sample.time)
      return sample
    }
    #expect(load != nil)
  }

  @Test(
    "supply less load against shunt: 0.15 A and 5 % are the meters' errors", arguments: [-1.0, 1])
  func currents(sign: Double) throws {
    for (difference, trips) in [(0.2499, false), (0.2501, true)] {
      let trip = try film(setPoint: sign * 2) {
        var sample = $0.sample()
        // The shunt keeps what was commanded; the device's own meter reads less.
        let own = Reading(Amperes(2 - difference), at: sample.time)
        if sign > 0 { sample.source.current = own } else { sample.load.current = own }
        return sample
      }
      #expect((trip != nil) == trips)
      if let trip { #expect(trip.what.contains("shunt") && abs(trip.limit - 0.25) < 1e-12) }
    }
  }

  @Test("thermometers 10 K apart: one is off the cell")
  func temperatures() throws {
    for (spread, trips) in [(10.0, false), (10.0001, true)] {
      let trip = try film(setPoint: 0) { $0.sample(temperatures: [25, 25 + spread]) }
      #expect((trip != nil) == trips)
      if let trip { #expect(trip.unit == "K" && trip.requirement == "SAF-005") }
    }
    // A sensor at fault is not compared.
    let fault = try film(setPoint: 0) {
      var sample = $0.sample()
      sample.surface[0] = Reading(Celsius(.nan), at: sample.time, quality: .sensorFault)
      return sample
    }
    #expect(fault == nil)
  }

  @Test("a disagreement counts after three samples in a row and two seconds, both")
  func persistence() throws {
    var film = try Film()
    film.setPoint = 2
    let wrong: (Film) -> Sample = { $0.sample(current: 3) }
    for _ in 0..<2 { #expect(film.judge(wrong(film)) == nil) }
    #expect(film.judge(film.sample()) == nil)
    for _ in 0..<2 { #expect(film.judge(wrong(film)) == nil) }
    #expect(film.judge(wrong(film)) != nil)
    // Ten times as many samples in the same time: time counts.
    film = try Film()
    film.setPoint = 2
    film.period = 0.1
    #expect(film.play(for: 1.95, { wrong($0) }) == nil)
    #expect(film.play(for: 0.2, { wrong($0) }) != nil)
    // Fewer and further apart: samples count.
    film = try Film()
    film.setPoint = 2
    film.period = 2
    for _ in 0..<2 { #expect(film.judge(wrong(film)) == nil) }
    #expect(film.judge(wrong(film)) != nil)
  }

  @Test("a reading that did not come ends a row")
  func missing() throws {
    var film = try Film()
    film.setPoint = 2
    let wrong: (Film) -> Sample = { $0.sample(current: 3) }
    for _ in 0..<2 { #expect(film.judge(wrong(film)) == nil) }
    var sample = film.sample(current: 3)
    sample.current = Reading(Amperes(3), at: sample.time - Seconds(1), quality: .missing)
    #expect(film.judge(sample) == nil)
    for _ in 0..<2 { #expect(film.judge(wrong(film)) == nil) }
    #expect(film.judge(wrong(film)) != nil)
  }
}
