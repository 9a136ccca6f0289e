import Quantities
import Safety
import Testing

@Suite("SAF-005 the current and its command, at the boundaries")
struct CommandBoundaryTests {
  @Test("the command, either way, within the tolerance and one resolution past it")
  func command() throws {
    for sign in [-1.0, 1] {
      for size in [1.75, 2.25] {
        #expect(try BinaryFilm.play(setPoint: sign * 2, current: sign * size) == nil)
        let past = size > 2 ? size + 0.0001 : size - 0.0001
        let trip = try #require(try BinaryFilm.play(setPoint: sign * 2, current: sign * past))
        #expect(trip.what == "current is not what was commanded" && trip.limit == sign * 2)
        #expect(trip.value == sign * past && trip.unit == "A" && trip.requirement == "SAF-005")
      }
    }
  }

  @Test("an ampere commanded is one that somebody asked for")
  func words() throws {
    #expect(
      try BinaryFilm.play(setPoint: 1, current: 3)?.what == "current is not what was commanded")
    #expect(
      try BinaryFilm.play(setPoint: 0, current: 3)?.what == "current flows that nobody asked for")
    // With the contactor open the current may be anything from none to the command.
    #expect(try BinaryFilm.play(setPoint: -2, current: 0.25, holds: false) == nil)
    #expect(try BinaryFilm.play(setPoint: -2, current: 0.2501, holds: false)?.limit == 0)
    #expect(try BinaryFilm.play(setPoint: 2, current: -0.25, holds: false) == nil)
    #expect(try BinaryFilm.play(setPoint: 2, current: -0.2501, holds: false)?.limit == 0)
  }

  @Test("the supply stands at its ceiling from the voltmeters' error below it")
  func ceiling() throws {
    #expect(try BinaryFilm.play(setPoint: 2, current: 0.5, ceiling: 3.625) == nil)
    #expect(try BinaryFilm.play(setPoint: 2, current: 0.5, ceiling: 3.6251)?.limit == 2)
  }

  @Test("a run begins without a set-point: nothing of it is followed")
  func beginning() throws {
    let trip = try BinaryFilm.play(setPoint: 0, current: 0.5, from: 1000)
    #expect(trip?.time == Seconds(1002))
    // A row begins with the first sample that disagrees, whenever that is.
    let voltage = try BinaryFilm.play(setPoint: 2, from: 1000) {
      $0.source.voltage = Reading(Volts(4.5), at: $0.time)
    }
    #expect(voltage?.time == Seconds(1002))
  }

  @Test("many samples of a disagreement in less than its time are none, however late in a run")
  func shortDisagreement() throws {
    var film = try Film(plausibility: BinaryFilm.rules)
    film.time = 1000
    film.period = 0.125
    #expect(film.play(for: 1.875) { $0.sample(current: 1) } == nil)
    #expect(film.quiet(for: 10) == nil)
  }

  @Test("the first set-point is followed for its settling time, as every other")
  func first() throws {
    var film = try Film(plausibility: BinaryFilm.rules)
    #expect(film.quiet(for: 10) == nil)
    film.setPoint = 2
    let trip = film.play(for: 20) { $0.sample(current: 0) }
    #expect(trip?.time == Seconds(15))
  }
}
