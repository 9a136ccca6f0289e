import Quantities
import Safety
import Testing

@Suite("SAF-012 signs of a runaway, without any model")
struct RunawayTests {
  private var rules: RunawayRules {
    var rules = RunawayRules()
    rules.resistance = Ohms(0.05)
    rules.heatCapacity = JoulesPerKelvin(60)
    return rules
  }

  /// Plays 200 s of heating by so many K/min; the trip.
  private func heated(
    _ perMinute: Double, current: Double, air: Double? = 20, temperature: Double = 25
  ) throws -> Trip? {
    var film = try Film(runaway: rules)
    film.setPoint = current
    return film.play(for: 200) {
      let now = temperature + $0.time * perMinute / 60
      return $0.sample(temperatures: [now, now], air: air)
    }
  }

  @Test(
    "1 K/min beyond I^2 R over the heat capacity; 6 A through 50 mOhm into 60 J/K explain 1.8 K/min"
  )
  func heating() throws {
    #expect(try heated(0.99, current: 0.1) == nil)
    #expect(try heated(1.01, current: 0.1)?.requirement == "SAF-012")
    #expect(try heated(2.79, current: 6) == nil)
    #expect(
      try heated(2.81, current: 6)?.what == "temperature rises faster than the current explains")
  }

  /// Plays a minute of so many K/min from 25 degC, its last sample at 26 degC or less; the trip.
  private func aired(_ perMinute: Double, air: Reading<Celsius>) throws -> Trip? {
    var film = try Film(runaway: rules)
    film.time = 1000
    return film.play(for: 60) {
      let now = 25 + ($0.time - 1059) * perMinute / 60
      var sample = $0.sample(temperatures: [now, now], air: nil)
      sample.ambient = air
      if air.quality == .good { sample.ambient.time = sample.time }
      return sample
    }
  }

  @Test(
    "air that is warmer explains its mean difference, and 2 K of the thermometers', over 300 s; colder air and none explain nothing"
  )
  func air() throws {
    // The 60 samples lie 29.5 s of the rise below the last, 25 degC: r = 1 + (air - 23 + r 29.5 / 60) / 5.
    for (air, rise) in [(36.0, 3.6), (26, 1.6), (23, 1)] {
      let most = rise / (1 - 29.5 / 300)
      let air = Reading(Celsius(air), at: .zero)
      #expect(try aired(most - 0.01, air: air) == nil)
      #expect(try aired(most + 0.01, air: air)?.requirement == "SAF-012")
    }
    for air in [
      Reading(Celsius(0), at: .zero), .missing(at: .zero),
      Reading(Celsius(36), at: .zero, quality: .sensorFault),
    ] {
      #expect(try aired(0.99, air: air) == nil)
      #expect(try aired(1.01, air: air) != nil)
    }
  }

  @Test(
    "air that turned warm just now explains by its difference now, air that was lost in between by what is seen since"
  )
  func airNow() throws {
    for (now, trips) in [(60.0, false), (20, true)] {
      var film = try Film(runaway: rules)
      // The slope is first there at the 49th sample.
      let trip = film.play(for: 49) {
        let warm = 25 + 2 * $0.time / 60
        return $0.sample(temperatures: [warm, warm], air: $0.time == 48 ? now : 0)
      }
      #expect((trip != nil) == trips)
    }
    // What warm air explained before its thermometer was lost explains nothing afterwards.
    var film = try Film(runaway: rules)
    let trip = film.play(for: 60) {
      let warm = 25 + 2 * $0.time / 60
      return $0.sample(
        temperatures: [warm, warm], air: $0.time < 52 ? 60 : $0.time < 56 ? nil : 20)
    }
    #expect(trip?.time == Seconds(52))
    // Nor once it is back: as if there had been none.
    func back(_ before: Double?) throws -> Double? {
      var film = try Film(runaway: rules)
      return film.play(for: 200) {
        let warm = 25 + 3 * max(0, $0.time - 52) / 60
        return $0.sample(
          temperatures: [warm, warm], air: $0.time < 50 ? before : $0.time < 52 ? nil : 20)
      }?.time.value
    }
    #expect(try back(60) == back(nil) && back(nil) != nil)
    film = try Film(runaway: rules)
    #expect(
      film.play(for: 60) {
        var sample = $0.sample(temperatures: [25 + 2 * $0.time / 60], air: $0.time < 52 ? 60 : 20)
        // Still excused by the minute's mean, though the thermometer of the cell missed its last frame.
        if $0.time == 59 { sample.surface[0].quality = .missing }
        return sample
      } == nil)
  }

  @Test("a frame of the air's thermometer that is lost takes nothing back until it is old")
  func lostAir() throws {
    for (age, trips) in [(2.5, false), (2.6, true)] {
      let last = Reading(Celsius(36), at: Seconds(1059 - age), quality: .missing)
      #expect((try aired(3, air: last) != nil) == trips)
    }
  }

  @Test("without current 0.3 K/min is a sign, once the core's heat is through")
  func resting() throws {
    for (perMinute, trips) in [(0.29, false), (0.31, true)] {
      var film = try Film(runaway: rules)
      film.setPoint = -2
      #expect(film.quiet(for: 100) == nil)
      film.setPoint = 0
      let trip = film.play(for: 500) {
        let now = 25 + ($0.time - 100) * perMinute / 60
        return $0.sample(temperatures: [now, now], air: 20)
      }
      #expect((trip != nil) == trips)
      if let trip {
        #expect(trip.what == "temperature of the resting cell rises" && trip.time >= Seconds(400))
      }
    }
  }

  @Test("without current a voltage that falls by more than 0.5 mV/s is a sign, after five minutes")
  func falling() throws {
    for (slope, trips) in [(-0.00049, false), (-0.00051, true)] {
      var film = try Film()
      let trip = film.play(for: 600) { $0.sample(voltage: 4 + slope * $0.time) }
      #expect((trip != nil) == trips)
      if let trip { #expect(trip.unit == "V/s" && trip.time == Seconds(300)) }
    }
    // With current it may fall as it likes.
    var film = try Film()
    film.setPoint = -1
    #expect(film.play(for: 600, { $0.sample(voltage: 4 - 0.001 * $0.time) }) == nil)
  }

  @Test(
    "a fall of 0.1 V, and 0.05 V for each second between the samples, needs a change of current")
  func drop() throws {
    for (fall, period, trips) in [
      (0.1499, 1.0, false), (0.1501, 1, true), (0.1999, 2, false), (0.2001, 2, true),
    ] {
      var film = try Film()
      film.period = period
      #expect(film.play(for: 10 * period, { $0.sample(voltage: 4) }) == nil)
      let trip = film.judge(film.sample(voltage: 4 - fall))
      #expect((trip != nil) == trips)
      if let trip { #expect(trip.what == "cell voltage fell suddenly") }
    }
  }

  @Test("0.2 V for each ampere that was commanded or flowed in the last seconds explain a fall")
  func step() throws {
    for (fall, trips) in [(0.549, false), (0.551, true)] {
      // The meter's voltage comes before the shunt's current shows the step: the command explains it.
      var film = try Film()
      #expect(film.play(for: 10, { $0.sample(voltage: 4) }) == nil)
      film.setPoint = -2
      #expect((film.judge(film.sample(voltage: 4 - fall, current: 0)) != nil) == trips)
      // Nobody commanded it: what flows explains it once, command and current are not the same sum.
      film = try Film()
      #expect(film.play(for: 10, { $0.sample(voltage: 4) }) == nil)
      #expect((film.judge(film.sample(voltage: 4 - fall, current: -2)) != nil) == trips)
    }
  }

  @Test("a rise is no fall, and a missing voltage falls nowhere")
  func rise() throws {
    var film = try Film()
    #expect(film.judge(film.sample(voltage: 3.7)) == nil)
    #expect(film.judge(film.sample(voltage: 4.1)) == nil)
    var sample = film.sample()
    sample.cellVoltage = Reading(Volts(3), at: sample.time - Seconds(1), quality: .missing)
    #expect(film.judge(sample) == nil)
    #expect(film.judge(film.sample(voltage: 4.1)) == nil)
  }
}
