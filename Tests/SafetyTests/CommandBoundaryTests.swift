import Quantities
import Safety
import Testing

/// Numbers here are sums of powers of two: a boundary is met exactly.
@Suite("SAF-005, SAF-016 instruments held against each other, at the boundaries")
struct CommandBoundaryTests {
  private static var rules: PlausibilityRules {
    var rules = PlausibilityRules()
    rules.currentTolerance = Amperes(0.25)
    rules.currentRatio = 0
    rules.voltageTolerance = Volts(0.125)
    rules.leadDrop = Volts(0.25)
    rules.temperatureSpread = Kelvins(8)
    return rules
  }

  private func play(
    setPoint: Double, current: Double? = nil, ceiling: Double = 4.35, holds: Bool = true,
    for duration: Double = 10, from time: Double = 0,
    _ change: @escaping (inout Sample) -> Void = { _ in }
  ) throws -> Trip? {
    var film = try Film(plausibility: Self.rules)
    film.setPoint = setPoint
    film.ceiling = ceiling
    film.holdsContactor = holds
    film.time = time
    return film.play(for: duration) {
      var sample = $0.sample(voltage: 3.5, current: current)
      change(&sample)
      return sample
    }
  }

  @Test("the command, either way, within the tolerance and one resolution past it")
  func command() throws {
    for sign in [-1.0, 1] {
      for size in [1.75, 2.25] {
        #expect(try play(setPoint: sign * 2, current: sign * size) == nil)
        let past = size > 2 ? size + 0.0001 : size - 0.0001
        let trip = try #require(try play(setPoint: sign * 2, current: sign * past))
        #expect(trip.what == "current is not what was commanded" && trip.limit == sign * 2)
        #expect(trip.value == sign * past && trip.unit == "A" && trip.requirement == "SAF-005")
      }
    }
  }

  @Test("an ampere commanded is one that somebody asked for")
  func words() throws {
    #expect(
      try play(setPoint: 1, current: 3)?.what == "current is not what was commanded")
    #expect(
      try play(setPoint: 0, current: 3)?.what == "current flows that nobody asked for")
    // With the contactor open the current may be anything from none to the command.
    #expect(try play(setPoint: -2, current: 0.25, holds: false) == nil)
    #expect(try play(setPoint: -2, current: 0.2501, holds: false)?.limit == 0)
    #expect(try play(setPoint: 2, current: -0.25, holds: false) == nil)
    #expect(try play(setPoint: 2, current: -0.2501, holds: false)?.limit == 0)
  }

  @Test("the supply stands at its ceiling from the voltmeters' error below it")
  func ceiling() throws {
    #expect(try play(setPoint: 2, current: 0.5, ceiling: 3.625) == nil)
    #expect(try play(setPoint: 2, current: 0.5, ceiling: 3.6251)?.limit == 2)
  }

  @Test("a run begins without a set-point: nothing of it is followed")
  func beginning() throws {
    let trip = try play(setPoint: 0, current: 0.5, from: 1000)
    #expect(trip?.time == Seconds(1002))
    // A row begins with the first sample that disagrees, whenever that is.
    let voltage = try play(setPoint: 2, from: 1000) {
      $0.source.voltage = Reading(Volts(4.5), at: $0.time)
    }
    #expect(voltage?.time == Seconds(1002))
  }

  @Test("many samples of a disagreement in less than its time are none, however late in a run")
  func shortDisagreement() throws {
    var film = try Film(plausibility: Self.rules)
    film.time = 1000
    film.period = 0.125
    #expect(film.play(for: 1.875) { $0.sample(current: 1) } == nil)
    #expect(film.quiet(for: 10) == nil)
  }

  @Test("the first set-point is followed for its settling time, as every other")
  func first() throws {
    var film = try Film(plausibility: Self.rules)
    #expect(film.quiet(for: 10) == nil)
    film.setPoint = 2
    let trip = film.play(for: 20) { $0.sample(current: 0) }
    #expect(trip?.time == Seconds(15))
  }

  @Test("SAF-016 from the zero current on, a device's voltage is held against the cell's")
  func zeroCurrent() throws {
    for (current, trips) in [(0.02, true), (0.0199, false)] {
      let supply = try play(setPoint: 0, current: current) {
        $0.source.voltage = Reading(Volts(4), at: $0.time)
      }
      #expect((supply != nil) == trips)
      let load = try play(setPoint: 0, current: -current) {
        $0.load.voltage = Reading(Volts(3), at: $0.time)
      }
      #expect((load != nil) == trips)
    }
  }

  @Test("SAF-016 the leads' drop and the meters' error are no open lead; more is, and named")
  func leads() throws {
    for (drop, limit) in [(0.375, 0.375), (-0.125, -0.125)] {
      for (past, trips) in [(0.0, false), (drop > 0 ? 0.001 : -0.001, true)] {
        let supply = try play(setPoint: 2) {
          $0.source.voltage = Reading(Volts(3.5 + drop + past), at: $0.time)
        }
        #expect((supply != nil) == trips)
        if let supply {
          #expect(supply.limit == limit && supply.unit == "V" && supply.requirement == "SAF-016")
          #expect(supply.what.hasPrefix("supply's voltage less the cell's"))
        }
        let load = try play(setPoint: -2) {
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
      var film = try Film(plausibility: Self.rules)
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
        let trip = try play(setPoint: sign * 2) {
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
    #expect(try play(setPoint: 0) { $0.surface[0] = Reading(Celsius(33), at: $0.time) } == nil)
    let trip = try play(setPoint: 0) { $0.surface[0] = Reading(Celsius(33.5), at: $0.time) }
    #expect(trip?.value == 8.5 && trip?.limit == 8 && trip?.unit == "K")
  }
}
