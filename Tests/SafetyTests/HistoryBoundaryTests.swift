import Quantities
import Safety
import Testing

/// Numbers here are sums of powers of two: a boundary is met exactly.
@Suite("SAF-005, SAF-012 what history shows, at its boundaries")
struct HistoryBoundaryTests {
  private var moving: PlausibilityRules {
    var rules = PlausibilityRules()
    rules.voltageMoves = true
    rules.temperatureMoves = true
    return rules
  }

  @Test("SAF-005 sixty repetitions and the time, counted anew after each change")
  func frozen() throws {
    var film = try Film(plausibility: moving)
    film.period = 2.5
    film.time = 1000
    let warm: (Film) -> [Double] = { [25 + $0.time / 1e6, 25 - $0.time / 1e6] }
    // 60 repetitions are 150 s.
    var trip = film.play(for: 200) { $0.sample(temperatures: warm($0)) }
    #expect(trip?.time == Seconds(1150) && trip?.value == 150 && trip?.limit == 60)
    #expect(trip?.what == "cell voltage is frozen: it repeats itself exactly")
    #expect(trip?.unit == "s" && trip?.requirement == "SAF-005")
    film = try Film(plausibility: moving)
    film.period = 2.5
    #expect(film.play(for: 50, { $0.sample(temperatures: warm($0)) }) == nil)
    trip = film.play(for: 200) { $0.sample(voltage: 3.71, temperatures: warm($0)) }
    #expect(trip?.time == Seconds(200) && trip?.value == 150)
  }

  @Test("SAF-005 the first of the thermometers is watched as the second")
  func frozenSensors() throws {
    for sensor in [0, 1] {
      var film = try Film(plausibility: moving)
      let trip = film.play(for: 100) {
        let moves = 25 + $0.time / 1e6
        return $0.sample(
          voltage: 3.7 + $0.time / 1e6, temperatures: sensor == 0 ? [25, moves] : [moves, 25])
      }
      #expect(
        trip?.what == "surface temperature \(sensor + 1) is frozen: it repeats itself exactly")
      #expect(trip?.time == Seconds(60))
    }
  }

  @Test("SAF-012 a fall is explained by 0.125 V, 0.0625 V/s and 0.25 V/A exactly")
  func drop() throws {
    var rules = RunawayRules()
    rules.suddenDrop = Volts(0.125)
    rules.knee = VoltsPerSecond(0.0625)
    rules.stepResistance = Ohms(0.25)
    for (fall, trips) in [(0.5, false), (0.5001, true)] {
      var film = try Film(runaway: rules)
      film.period = 2
      #expect(film.play(for: 10, { $0.sample(voltage: 4) }) == nil)
      // 1 A flows that nobody asked for: 0.125 V + 2 s x 0.0625 V/s + 0.25 V.
      let trip = film.judge(film.sample(voltage: 4 - fall, current: -1))
      #expect((trip != nil) == trips)
      if let trip {
        #expect(abs(trip.value - fall) < 1e-12 && trip.limit == 0.5 && trip.unit == "V")
        #expect(trip.requirement == "SAF-012" && trip.origin == .cell)
      }
    }
  }

  @Test("SAF-012 a current that stays explains no fall")
  func constantCurrent() throws {
    for current in [-2.0, 2] {
      var film = try Film()
      film.setPoint = current
      #expect(film.play(for: 10, { $0.sample(voltage: 4) }) == nil)
      #expect(film.judge(film.sample(voltage: 3.8499))?.what == "cell voltage fell suddenly")
    }
  }

  @Test("SAF-012 a fall is from the last voltage that came, over the time since it came")
  func dropOverGap() throws {
    for (fall, trips) in [(0.1999, false), (0.2001, true)] {
      var film = try Film()
      #expect(film.play(for: 10, { $0.sample(voltage: 4) }) == nil)
      var missing = film.sample()
      missing.cellVoltage = Reading(Volts(4), at: Seconds(9), quality: .missing)
      #expect(film.judge(missing) == nil)
      #expect((film.judge(film.sample(voltage: 4 - fall)) != nil) == trips)
    }
  }

  @Test(
    "SAF-012 a set-point explains a fall for the settling time and the time between the samples")
  func commandedDrop() throws {
    for (pause, trips) in [(2.0, false), (3, true)] {
      var film = try Film()
      film.setPoint = -2
      #expect(film.play(for: 10, { $0.sample(voltage: 4) }) == nil)
      film.setPoint = 0
      #expect(film.play(for: pause + 1, { $0.sample(voltage: 4) }) == nil)
      #expect((film.judge(film.sample(voltage: 3.6)) != nil) == trips)
    }
  }
}
