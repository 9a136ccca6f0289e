import Quantities
import Safety
import Testing

@Suite("SAF-004 limits on power, rates, charge and time")
struct SoftLimitTests {
  private func layer(_ kind: LimitKind, _ limit: Double, delay: Double? = nil) -> LimitLayer {
    LimitLayer(
      origin: .bench, source: "soft.toml", bands: [kind: Scenes.band(-limit, limit, margin: 0)],
      delays: delay.map { [kind: Seconds($0)] } ?? [:])
  }

  @Test("power one resolution past its limit trips, at it does not, either way")
  func power() throws {
    for sign in [-1.0, 1] {
      for (current, trips) in [(2.0, false), (2.0001, true)] {
        var film = try Film(layer(.power, 7.4))
        film.setPoint = sign * current
        let trip = film.judge(film.sample())
        #expect((trip != nil) == trips)
        if let trip {
          #expect(trip.requirement == "SAF-004" && trip.unit == "W" && trip.limit == sign * 7.4)
        }
      }
    }
  }

  @Test(
    "a delayed limit trips once it was passed for its delay, not before, and anew after a return")
  func delay() throws {
    var film = try Film(layer(.power, 7.4, delay: 5))
    film.setPoint = 2.1
    #expect(film.play(for: 5) { $0.sample() } == nil)
    film.setPoint = 1.9
    #expect(film.quiet(for: 1) == nil)
    film.setPoint = 2.1
    #expect(film.play(for: 5) { $0.sample() } == nil)
    #expect(film.judge(film.sample())?.what == "power above trip limit")
  }

  @Test("a hard limit takes no delay, and a delay without its band is refused")
  func hardDelay() {
    for layer in [
      LimitLayer(
        origin: .bench, source: "b", bands: Scenes.bench.bands, delays: [.voltage: Seconds(1)]),
      LimitLayer(origin: .bench, source: "b", delays: [.power: Seconds(1)]),
      LimitLayer(
        origin: .bench, source: "b", bands: [.power: Scenes.band(-1, 1, margin: 0)],
        delays: [.power: Seconds(-1)]),
    ] {
      let error = #expect(throws: EnvelopeError.self) {
        try Envelope(layers: [Scenes.bench, layer], rules: Scenes.rules)
      }
      #expect(error?.description.contains("delay") == true)
    }
  }

  @Test("the shortest delay of the layers that limit a kind is in force")
  func shortestDelay() throws {
    var film = try Film(
      layer(.power, 7.4, delay: 5),
      LimitLayer(
        origin: .cell, source: "cell", bands: [.power: Scenes.band(-7.4, 7.4, margin: 0)],
        delays: [.power: Seconds(2)]))
    film.setPoint = 2.1
    #expect(film.play(for: 2) { $0.sample() } == nil)
    #expect(film.judge(film.sample()) != nil)
    film = try Film(
      layer(.power, 7.4, delay: 2),
      LimitLayer(
        origin: .cell, source: "cell", bands: [.power: Scenes.band(-7.4, 7.4, margin: 0)],
        delays: [.power: Seconds(5)]))
    film.setPoint = 2.1
    #expect(film.play(for: 2) { $0.sample() } == nil)
    #expect(film.judge(film.sample()) != nil)
    var prompt = try Film(
      layer(.power, 7.4, delay: 5),
      LimitLayer(origin: .cell, source: "c", bands: [.power: Scenes.band(-7.4, 7.4, margin: 0)]))
    prompt.setPoint = 2.1
    #expect(prompt.judge(prompt.sample()) != nil)
  }

  @Test("dV/dt and dI/dt are the change over the readings' own times")
  func rates() throws {
    var film = try Film(layer(.voltageRate, 0.05))
    #expect(film.judge(film.sample(voltage: 3.7)) == nil)
    film.time = 2
    #expect(film.judge(film.sample(voltage: 3.8)) == nil)
    film.time = 4
    #expect(film.judge(film.sample(voltage: 3.9001))?.unit == "V/s")

    film = try Film(layer(.currentRate, 1))
    #expect(film.judge(film.sample()) == nil)
    film.setPoint = 1
    #expect(film.judge(film.sample()) == nil)
    film.setPoint = 2.0001
    #expect(film.judge(film.sample())?.what == "current rate above trip limit")
    film = try Film(layer(.currentRate, 1))
    film.setPoint = 2
    #expect(film.judge(film.sample()) == nil)
    film.setPoint = 0.9999
    #expect(film.judge(film.sample())?.what == "current rate below trip limit")
  }

  @Test("a reading that did not come anew has no rate")
  func staleRate() throws {
    var film = try Film(layer(.voltageRate, 0.05))
    #expect(film.judge(film.sample()) == nil)
    var sample = film.sample()
    sample.cellVoltage = Reading(Volts(3.9), at: Seconds(0), quality: .missing)
    #expect(film.judge(sample) == nil)
  }

  @Test("dT/dt is the slope of each sensor over a minute, the steepest counts")
  func temperatureRate() throws {
    for (perMinute, trips) in [(1.49, false), (1.51, true)] {
      var runaway = RunawayRules()
      runaway.heating = KelvinsPerSecond(1)
      runaway.restHeating = KelvinsPerSecond(1)
      var film = try Film(layer(.temperatureRate, 1.5 / 60), runaway: runaway)
      let trip = film.play(for: 200) {
        $0.sample(temperatures: [25, 25 + $0.time * perMinute / 60])
      }
      #expect((trip != nil) == trips)
      if let trip { #expect(trip.unit == "K/s" && trip.time.value >= 48) }
    }
  }

  @Test(
    "a thermometer that falls silent while its dT/dt is past the limit is past it still; one that was not is not"
  )
  func silentThermometer() throws {
    var loose = RunawayRules()
    loose.heating = KelvinsPerSecond(1)
    loose.restHeating = KelvinsPerSecond(1)
    let limit = LimitLayer(
      origin: .cell, source: "c", bands: [.temperatureRate: Scenes.band(-0.025, 0.025, margin: 0)],
      delays: [.temperatureRate: Seconds(60)])
    for (rise, sensor, trips) in [
      (0.05, 0, true), (-0.05, 1, true), (0.0249, 0, false), (-0.0249, 1, false),
    ] {
      var film = try Film(limit, runaway: loose)
      let trip = film.play(for: 200) {
        let warm = 25 + rise * min($0.time, 80)
        var sample = $0.sample(temperatures: sensor == 0 ? [warm, 25] : [25, warm])
        if $0.time > 80 {
          sample.surface[sensor] = Reading(Celsius(.nan), at: Seconds(80), quality: .sensorFault)
        }
        return sample
      }
      // First seen at 48 s.
      #expect(trip?.time == (trips ? Seconds(108) : nil))
      if let trip {
        #expect(abs(trip.value - rise) < 1e-9 && trip.limit == (rise > 0 ? 0.025 : -0.025))
        #expect(trip.what == "temperature rate \(rise > 0 ? "above" : "below") trip limit")
        #expect(trip.requirement == "SAF-004" && trip.unit == "K/s" && trip.origin == .cell)
      }
    }
    // Heard again and within the limit, it begins anew.
    var film = try Film(limit, runaway: loose)
    #expect(
      film.play(for: 108, { $0.sample(temperatures: [25 + 0.05 * min($0.time, 60), 25]) }) == nil)
    #expect(film.play(for: 100, { $0.sample(temperatures: [28, 25]) }) == nil)
  }

  @Test("a dT/dt at the limit is not past it, either way")
  func temperatureRateAtTheLimit() throws {
    var loose = RunawayRules()
    loose.heating = KelvinsPerSecond(1)
    loose.restHeating = KelvinsPerSecond(1)
    // Three values 32 s apart: slopes of powers of two are exact.
    for (rise, trips) in [(0.03125, false), (-0.03125, false), (0.0313, true), (-0.0313, true)] {
      var film = try Film(
        LimitLayer(
          origin: .cell, source: "c",
          bands: [.temperatureRate: Scenes.band(-0.03125, 0.03125, margin: 0)]), runaway: loose)
      film.period = 32
      let trip = film.play(for: 200) { $0.sample(temperatures: [25 + rise * $0.time]) }
      #expect((trip != nil) == trips)
    }
  }

  @Test("charge counts whatever its direction, in the step and in the run")
  func charge() throws {
    var film = try Film(layer(.stepCharge, 0.05), layer(.totalCharge, 0.09))
    film.setPoint = 2
    #expect(film.quiet(for: 80) == nil)
    film.setPoint = 0
    film.step = 2
    #expect(film.quiet(for: 2) == nil)
    film.setPoint = -2
    // 0.0439 Ah in the first step, so 0.0461 Ah are left for the run.
    let trip = film.play(for: 100) { $0.sample() }
    #expect(trip?.what == "total charge above trip limit")
    #expect((trip?.value ?? 0) < 0.0912 && (trip?.value ?? 0) > 0.09)

    film = try Film(layer(.stepCharge, 0.05))
    film.setPoint = 2
    #expect(film.play(for: 100) { $0.sample() }?.what == "step charge above trip limit")
  }

  @Test("time counts in the step and in the run, from the first sample")
  func time() throws {
    var film = try Film(layer(.stepTime, 60), layer(.totalTime, 100))
    film.time = 1000
    #expect(film.quiet(for: 61) == nil)
    film.step = 2
    let trip = film.play(for: 61) { $0.sample() }
    #expect(trip?.what == "total time above trip limit" && trip?.value == 101)
    film = try Film(layer(.stepTime, 60))
    let step = film.play(for: 100) { $0.sample() }
    #expect(step?.what == "step time above trip limit" && step?.value == 61)
  }

  @Test("every kind has its own name and unit, and is hard, a budget, or neither")
  func kinds() {
    #expect(Set(LimitKind.allCases.map(\.words)).count == LimitKind.allCases.count)
    #expect(LimitKind.allCases.filter(\.isHard).count == 5)
    #expect(LimitKind.allCases.filter(\.isBudget).count == 4)
    #expect(LimitKind.allCases.allSatisfy { !($0.isHard && $0.isBudget) })
    let units = ["V", "A", "degC", "degC", "degC", "W", "K/s", "V/s", "A/s", "Ah", "Ah", "s", "s"]
    #expect(LimitKind.allCases.map(\.unit) == units)
  }
}
