import Quantities
import Safety
import Testing

@Suite("SAF-012 what a rest is, and what is held against a resting cell")
struct RestTests {
  private func rules(settling: Double) -> RunawayRules {
    var rules = RunawayRules()
    rules.heating = KelvinsPerSecond(1000)
    rules.restSettling = Seconds(settling)
    rules.suddenDrop = Volts(100)
    return rules
  }

  private func falling(_ film: Film, by slope: Double = 0.01) -> Sample {
    film.sample(voltage: 4 - slope * (film.time - 1000), air: nil)
  }

  @Test("a falling voltage is seen over 24 of 30 s, with its slope")
  func window() throws {
    var film = try Film(runaway: rules(settling: 0))
    film.time = 1000
    let trip = film.play(for: 100) { falling($0) }
    #expect(trip?.time == Seconds(1024) && trip?.what == "voltage of the resting cell falls")
    #expect(abs((trip?.value ?? 0) + 0.01) < 1e-10 && trip?.limit == -0.0005)
    #expect(trip?.requirement == "SAF-012" && trip?.origin == .cell)
  }

  @Test("a pulse of current begins the window anew")
  func pulse() throws {
    var film = try Film(runaway: rules(settling: 0))
    film.time = 1000
    #expect(film.play(for: 20, { $0.sample(voltage: 4) }) == nil)
    film.setPoint = -1
    #expect(film.judge(film.sample(voltage: 3.9)) == nil)
    film.setPoint = 0
    #expect(film.play(for: 60, { $0.sample(voltage: 3.8) }) == nil)
  }

  @Test("the zero current itself is no rest: neither for the slope nor for the time")
  func zeroCurrent() throws {
    for (current, trips) in [(0.02, false), (-0.02, false), (0.0199, true)] {
      var film = try Film(runaway: rules(settling: 0))
      film.time = 1000
      let trip = film.play(for: 100) {
        var sample = falling($0)
        sample.current = Reading(Amperes(current), at: sample.time)
        return sample
      }
      #expect((trip != nil) == trips)
      var warm = try Film(runaway: rules(settling: 100))
      let heat = warm.play(for: 300) {
        $0.sample(current: current, temperatures: [25 + 0.01 * $0.time], air: nil)
      }
      #expect((heat != nil) == trips)
      if let heat {
        #expect(heat.time == Seconds(100) && heat.limit == RunawayRules().restHeating.value)
        #expect(heat.unit == "K/s" && heat.requirement == "SAF-012" && heat.origin == .cell)
      }
    }
  }

  @Test("the time of rest begins with its first sample, and anew after current")
  func settling() throws {
    var film = try Film(runaway: rules(settling: 100))
    film.time = 1000
    let trip = film.play(for: 200) { falling($0, by: 0.002) }
    #expect(trip?.time == Seconds(1100))
    film = try Film(runaway: rules(settling: 100))
    film.time = 1000
    #expect(film.play(for: 90, { falling($0, by: 0.002) }) == nil)
    film.setPoint = -1
    #expect(film.judge(falling(film, by: 0.002)) == nil)
    film.setPoint = 0
    #expect(film.play(for: 200, { falling($0, by: 0.002) })?.time == Seconds(1191))
  }

  @Test("with current the time of rest is none")
  func noRest() throws {
    var film = try Film(runaway: rules(settling: 0.5))
    film.setPoint = -1
    #expect(film.play(for: 100) { $0.sample(temperatures: [25 + 0.05 * $0.time], air: nil) } == nil)
  }

  @Test("heat at what the current explains is explained, past it not")
  func explained() throws {
    var exact = RunawayRules()
    exact.heating = KelvinsPerSecond(0.0625)
    for (factor, trips) in [(1.0, false), (1.0001, true)] {
      var film = try Film(runaway: exact)
      film.setPoint = -1
      let trip = film.play(for: 60) {
        $0.sample(temperatures: [16 + 0.0625 * factor * $0.time], air: nil)
      }
      #expect((trip != nil) == trips)
    }
  }

  @Test("slopes at their limits are no signs yet")
  func limits() throws {
    var gentle = rules(settling: 0)
    gentle.restFall = VoltsPerSecond(0.0078125)
    gentle.restHeating = KelvinsPerSecond(0.0625)
    for (factor, trips) in [(1.0, false), (1.0001, true)] {
      var film = try Film(runaway: gentle)
      film.time = 1000
      let fall = film.play(for: 60) { falling($0, by: 0.0078125 * factor) }
      #expect((fall != nil) == trips)
      film = try Film(runaway: gentle)
      let heat = film.play(for: 60) {
        $0.sample(temperatures: [16 + 0.0625 * factor * $0.time], air: nil)
      }
      #expect((heat != nil) == trips)
    }
  }

  @Test("each thermometer is held against the air by itself")
  func air() throws {
    // The warmer one rises at 0.05 K/s about 26.2 degC, of which 1/60 K/s is allowed and the air explains
    // (air + 2 - 26.2) / 300.
    for (air, trips) in [(34.3, false), (34.1, true)] {
      var film = try Film(runaway: RunawayRules())
      let trip = film.play(for: 49) {
        $0.sample(temperatures: [25 + 0.05 * $0.time, 25 - 0.05 * $0.time], air: air)
      }
      #expect((trip != nil) == trips)
    }
  }
}
