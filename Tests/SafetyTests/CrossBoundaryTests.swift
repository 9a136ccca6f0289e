import Quantities
import Safety
import Testing

@Suite("SAF-005, SAF-016 instruments held against each other, at the boundaries")
struct CrossBoundaryTests {
  @Test("SAF-016 from the zero current on, a device's voltage is held against the cell's")
  func zeroCurrent() throws {
    for (current, trips) in [(0.02, true), (0.0199, false)] {
      let supply = try BinaryFilm.play(setPoint: 0, current: current) {
        $0.source.voltage = Reading(Volts(4), at: $0.time)
      }
      #expect((supply != nil) == trips)
      let load = try BinaryFilm.play(setPoint: 0, current: -current) {
        $0.load.voltage = Reading(Volts(3), at: $0.time)
      }
      #expect((load != nil) == trips)
    }
  }

  @Test("SAF-016 the leads' drop and the meters' error are no open lead; more is, and named")
  func leads() throws {
    for (drop, limit) in [(0.375, 0.375), (-0.125, -0.125)] {
      for (past, trips) in [(0.0, false), (drop > 0 ? 0.001 : -0.001, true)] {
        let supply = try BinaryFilm.play(setPoint: 2) {
          $0.source.voltage = Reading(Volts(3.5 + drop + past), at: $0.time)
        }
        #expect((supply != nil) == trips)
        if let supply {
          #expect(supply.limit == limit && supply.unit == "V" && supply.requirement == "SAF-016")
          #expect(supply.what.hasPrefix("supply's voltage less the cell's"))
        }
        let load = try BinaryFilm.play(setPoint: -2) {
          $0.load.voltage = Reading(Volts(3.5 - drop - past), at: $0.time)
        }
        #expect((load != nil) == trips)
        if let load {
          #expect(load.limit == limit && load.unit == "V" && load.requirement == "SAF-016")
          #expect(load.what.hasPrefix("cell's voltage less the load's"))
        }
      }
    }
  }

  @Test("SAF-016 while a device is off or its voltage unread nothing is counted against it")
  func uncounted() throws {
    for sign in [-1.0, 1] {
      var film = try Film(plausibility: BinaryFilm.rules)
      #expect(film.quiet(for: 10) == nil)
      film.setPoint = sign
      let wrong: (Film) -> Sample = {
        var sample = $0.sample(voltage: 3.5)
        sample.source.voltage = Reading(Volts(4.5), at: sample.time)
        sample.load.voltage = Reading(Volts(2.5), at: sample.time)
        return sample
      }
      for _ in 0..<2 { #expect(film.judge(wrong(film)) == nil) }
      var unread = wrong(film)
      unread.source.voltage = .missing(at: unread.time)
      unread.load.voltage = .missing(at: unread.time)
      #expect(film.judge(unread) == nil)
      for _ in 0..<2 { #expect(film.judge(wrong(film)) == nil) }
      #expect(film.judge(wrong(film))?.requirement == "SAF-016")
    }
  }

  @Test(
    "supply less load against shunt: at the tolerance no trip, past it one that says by how much")
  func shunt() throws {
    for sign in [-1.0, 1] {
      for (difference, trips) in [(0.25, false), (-0.25, false), (0.2501, true), (-0.2501, true)] {
        let trip = try BinaryFilm.play(setPoint: sign * 2) {
          let own = Reading(Amperes(2 + difference), at: $0.time)
          if sign > 0 { $0.source.current = own } else { $0.load.current = own }
        }
        #expect((trip != nil) == trips)
        if let trip {
          #expect(abs(trip.value - sign * difference) < 1e-12 && trip.limit == 0.25)
          #expect(trip.unit == "A" && trip.requirement == "SAF-005")
        }
      }
    }
  }

  @Test("thermometers at the spread agree; beyond it the trip says how far they are apart")
  func spread() throws {
    #expect(
      try BinaryFilm.play(setPoint: 0) { $0.surface[0] = Reading(Celsius(33), at: $0.time) } == nil)
    let trip = try BinaryFilm.play(setPoint: 0) {
      $0.surface[0] = Reading(Celsius(33.5), at: $0.time)
    }
    #expect(trip?.value == 8.5 && trip?.limit == 8 && trip?.unit == "K")
  }
}
