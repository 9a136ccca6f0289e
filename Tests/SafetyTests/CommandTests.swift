import Quantities
import Safety
import Testing

@Suite("SAF-005 the current is what was commanded, in sign and size")
struct CommandTests {
  private func film(
    setPoint: Double, current: Double, ceiling: Double = 4.35, terminal: Double = 3.7,
    holds: Bool = true
  ) throws -> Trip? {
    var film = try Film()
    film.setPoint = setPoint
    film.ceiling = ceiling
    film.holdsContactor = holds
    return film.play(for: 10) {
      // The devices agree with the shunt: only the command does not.
      var sample = $0.sample(current: current)
      sample.source.voltage = Reading(Volts(terminal), at: sample.time)
      return sample
    }
  }

  @Test("0.15 A and 5 % beside the command are errors of reading; more is not")
  func size() throws {
    #expect(try film(setPoint: 2, current: 2.2631) == nil)
    #expect(try film(setPoint: 2, current: 2.2633)?.limit == 2)
    #expect(try film(setPoint: 2, current: 1.7501) == nil)
    #expect(try film(setPoint: 2, current: 1.7499)?.what == "current is not what was commanded")
    #expect(try film(setPoint: -2, current: -1.7499) != nil)
    #expect(try film(setPoint: 2, current: -2) != nil)
    // Five per cent of the larger magnitude, whichever it is and whatever its sign.
    for sign in [-1.0, 1] {
      #expect(try film(setPoint: sign * 2, current: sign * 1.755) == nil)
      #expect(try film(setPoint: sign * 2, current: sign * 2.26) == nil)
    }
  }

  @Test("current without a command is named so")
  func uncalled() throws {
    #expect(try film(setPoint: 0, current: 0.1578) == nil)
    #expect(try film(setPoint: 0, current: 0.158)?.what == "current flows that nobody asked for")
    #expect(try film(setPoint: 0, current: -0.158) != nil)
  }

  @Test("at its ceiling a supply may give less, never more")
  func ceiling() throws {
    #expect(try film(setPoint: 2, current: 0.5, ceiling: 3.8) == nil)
    #expect(try film(setPoint: 2, current: 0.5, ceiling: 3.8001) != nil)
    #expect(try film(setPoint: 2, current: 2.3, ceiling: 3.8) != nil)
    #expect(try film(setPoint: 2, current: -0.5, ceiling: 3.8) != nil)
  }

  @Test("a supply that does not tell its voltage is not known to stand at its ceiling")
  func unknownCeiling() throws {
    var film = try Film()
    film.setPoint = 2
    film.ceiling = 3.7
    let trip = film.play(for: 10) {
      var sample = $0.sample(current: 1)
      sample.source.voltage = .missing(at: sample.time)
      return sample
    }
    #expect(trip != nil)
  }

  @Test("with the contactor open nothing may flow, whatever is commanded")
  func open() throws {
    #expect(try film(setPoint: -2, current: 0, holds: false) == nil)
    #expect(try film(setPoint: -2, current: 0, holds: true) != nil)
    for sign in [-1.0, 1] {
      #expect(try film(setPoint: sign * 2, current: sign * 2, holds: false) == nil)
    }
  }

  @Test("a set-point of the last two seconds may still be followed, an older one not")
  func settling() throws {
    var film = try Film()
    film.setPoint = 2
    #expect(film.quiet(for: 10) == nil)
    film.setPoint = 0
    // Two seconds of following, then three samples of disagreement.
    let trip = film.play(for: 20) { $0.sample(current: 2) }
    #expect(trip?.time == Seconds(15))
    film = try Film()
    film.setPoint = 2
    #expect(film.quiet(for: 10) == nil)
    film.setPoint = 0
    #expect(film.play(for: 3, { $0.sample(current: 2) }) == nil)
    #expect(film.quiet(for: 20) == nil)
  }

  @Test("all the set-points of the last two seconds may be followed, not only the latest ones")
  func ramp() throws {
    for (period, changes) in [(0.5, 2), (0.109375, 18)] {
      var film = try Film()
      film.period = period
      film.setPoint = 2
      #expect(film.quiet(for: 100 * period) == nil)
      let begin = film.time
      var left = changes
      let trip = film.play(for: 10) {
        // Within the current's range of 10 A.
        if left > 0 { $0.setPoint += 0.3125 }
        left -= 1
        return $0.sample(current: 2)
      }
      // Two seconds of following, one sample past them, and two seconds of persistence.
      let followed = begin + (2 / period).rounded(.down) * period
      #expect(trip?.time.value == followed + period + (2 / period).rounded(.up) * period)
    }
  }

  @Test("changes that come faster than every tenth of a second are followed a tenth longer at most")
  func fast() throws {
    var film = try Film()
    film.period = 0.015625
    film.setPoint = 2
    #expect(film.quiet(for: 1) == nil)
    let begin = film.time
    let trip = film.play(for: 10) {
      $0.setPoint = max(0, $0.setPoint - 0.0125)
      return $0.sample(current: 2)
    }
    // 1.75 A is where 2 A disagrees: 0.15 A and 5 %. It ceased to be in force 20 changes later.
    let least = begin + 20 * film.period + 4
    let time = try #require(trip).time.value
    #expect(time >= least && time <= least + 0.1625)
  }

  @Test(
    "a set-point that stood for an instant between two others may be followed as long as they",
    arguments: [-1.0, 3])
  func blip(current: Double) throws {
    var film = try Film()
    film.period = 0.015625
    film.setPoint = 1
    #expect(film.quiet(for: 1) == nil)
    film.setPoint = current
    #expect(film.judge(film.sample(current: 1)) == nil)
    film.setPoint = 1
    // Two seconds of following, then two of persistence.
    #expect(film.play(for: 3.5, { $0.sample(current: current) }) == nil)
    #expect(film.play(for: 1, { $0.sample(current: current) }) != nil)
  }

  @Test("where a current may take six seconds, all its set-points of six seconds count")
  func slowDevice() throws {
    var rules = PlausibilityRules()
    rules.settling = Seconds(6)
    var film = try Film(plausibility: rules)
    film.period = 0.125
    film.setPoint = 2
    #expect(film.quiet(for: 10) == nil)
    let follow: (inout Film) -> Sample = {
      $0.setPoint = max(0, $0.setPoint - 0.03125)
      return $0.sample(current: 2)
    }
    // 2 A is a disagreement from 1.75 A on, eight changes in; six seconds later nothing explains it.
    #expect(film.play(for: 8.5, follow) == nil)
    #expect(film.play(for: 2, follow) != nil)
  }

  @Test("a draw that grows does not excuse a current that ceased")
  func deeper() throws {
    var film = try Film()
    film.setPoint = -2
    #expect(film.quiet(for: 10) == nil)
    film.setPoint = -3
    #expect(film.play(for: 10, { $0.sample(current: 0) })?.time == Seconds(12))
  }

  @Test("the sixty-fourth change is remembered as the first")
  func ring() throws {
    var film = try Film()
    film.period = 0.125
    for change in 1...63 {
      film.setPoint = change == 63 ? 3 : change % 2 == 0 ? 1 : 1.25
      #expect(film.judge(film.sample()) == nil)
    }
    film.setPoint = 1
    #expect(film.play(for: 3.5, { $0.sample(current: 3) }) == nil)
    #expect(film.play(for: 1, { $0.sample(current: 3) }) != nil)
  }

  @Test("a set-point that changes all the time bounds the current by its extremes")
  func restless() throws {
    var film = try Film()
    film.period = 0.1
    let fine = film.play(for: 60) {
      $0.setPoint = 2 + 0.5 * Double(Int($0.time * 10) % 3)
      return $0.sample(current: 2.4)
    }
    #expect(fine == nil)
    let wrong = film.play(for: 60) {
      $0.setPoint = 2 + 0.5 * Double(Int($0.time * 10) % 3)
      return $0.sample(current: 3.5)
    }
    #expect(wrong != nil)
  }
}
