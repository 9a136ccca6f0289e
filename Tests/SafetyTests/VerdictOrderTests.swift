import Quantities
import Safety
import Testing

@Suite("What trips first")
struct VerdictOrderTests {
  @Test("what trips first: readings, limits, temperatures, devices, interlocks")
  func order() throws {
    let envelope = try Scenes.envelope()
    var sample = Scenes.sample(temperatures: [70], sourceOn: true, loadOn: true)
    sample.interlockCount = 1
    sample.interlocks[0] = Reading(false, at: sample.time)
    sample.current = Reading(Amperes(11), at: Seconds(90), quality: .missing)
    sample.cellVoltage = Reading(Volts(5), at: sample.time)
    #expect(envelope.verdict(on: sample).trip?.what == "cell current is stale (missing)")
    sample.current = Reading(Amperes(11), at: sample.time)
    #expect(envelope.verdict(on: sample).trip?.what == "voltage above trip limit")
    sample.cellVoltage = Reading(Volts(3.7), at: sample.time)
    #expect(envelope.verdict(on: sample).trip?.what == "current above trip limit")
    sample.current = Reading(Amperes(0), at: sample.time)
    #expect(envelope.verdict(on: sample).trip?.what == "temperature above trip limit")
    sample.surface[0] = Reading(Celsius(25), at: sample.time)
    #expect(envelope.verdict(on: sample).trip?.requirement == "SAF-007")
    sample.load.isOn = Reading(false, at: sample.time)
    #expect(envelope.verdict(on: sample).trip?.requirement == "SAF-015")
  }

  /// What may be amiss at 60 s of the scene below, in the order in which it trips.
  private static let signs = [
    "voltage below trip limit", "step time above trip limit", "supply's voltage less the cell's",
    "current is not what was commanded", "cell current is frozen", "cell voltage fell suddenly",
    "temperature rises faster",
  ]

  /// Plays a charge of a minute in which all signs from `first` on come at its last sample.
  private func play(from first: Int) throws -> Trip? {
    var rules = PlausibilityRules()
    rules.currentMoves = first <= 4
    var film = try Film(
      LimitLayer(
        origin: .cell, source: "c",
        bands: first <= 1 ? [.stepTime: Scenes.band(0, 59.5, margin: 0)] : [:]),
      plausibility: rules)
    film.ceiling = 10
    film.setPoint = 2
    return film.play(for: 61) {
      if $0.time == 55, first <= 3 { $0.setPoint = 1 }
      let isLast = $0.time == 60
      // Far enough from the minute before to make a slope of 0.02 K/s.
      let warm = isLast ? 40.0 : 25
      var sample = $0.sample(
        voltage: isLast && first <= 5 ? (first == 0 ? 2.4 : 3) : 3.7, current: 2,
        temperatures: [warm, warm], air: 20)
      if $0.time >= 58, first <= 2 { sample.source.voltage = Reading(Volts(5), at: sample.time) }
      return sample
    }
  }

  @Test(
    "the monitor: absolute limits, delayed ones, instruments against each other, the command, frozen readings, a sudden fall, heat"
  )
  func monitor() throws {
    for (first, sign) in Self.signs.enumerated() {
      let trip = try play(from: first)
      #expect(trip?.time == Seconds(60) && trip?.what.hasPrefix(sign) == true)
    }
  }

  @Test("SAF-011, SAF-005 what the first voltage tells goes before its limits")
  func precharge() throws {
    var film = try Film()
    #expect(film.judge(film.sample(voltage: 1))?.requirement == "SAF-011")
    film = try Film()
    #expect(film.judge(film.sample(voltage: .nan))?.what == "cell voltage is not a number")
    film = try Film()
    var sample = film.sample(voltage: 1)
    sample.current = Reading(Amperes(.nan), at: sample.time)
    #expect(film.judge(sample)?.what == "cell current is not a number")
  }
}
