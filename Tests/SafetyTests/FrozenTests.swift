import Quantities
import Safety
import Testing

@Suite("SAF-005 a reading that repeats itself exactly is frozen")
struct FrozenTests {
  private func rules(_ change: (inout PlausibilityRules) -> Void) -> PlausibilityRules {
    var rules = PlausibilityRules()
    change(&rules)
    return rules
  }

  /// Noise that never repeats itself.
  private static func jitter(_ time: Double) -> Double {
    (time * 7).truncatingRemainder(dividingBy: 11) * 1e-4
  }

  private static func freezeVoltage(_ sample: inout Sample) {
    sample.cellVoltage = Reading(Volts(3.7), at: sample.time)
  }

  private static func freezeCurrent(_ sample: inout Sample) {
    sample.current = Reading(Amperes(0), at: sample.time)
  }

  private static func freezeTemperature(_ sample: inout Sample) {
    sample.surface[1] = Reading(Celsius(25), at: sample.time)
  }

  @Test("voltage, current and each surface temperature, after a minute, once noise moves them")
  func frozen() throws {
    let cases: [(PlausibilityRules, String, (inout Sample) -> Void)] = [
      (rules { $0.voltageMoves = true }, "cell voltage", Self.freezeVoltage),
      (rules { $0.currentMoves = true }, "cell current", Self.freezeCurrent),
      (rules { $0.temperatureMoves = true }, "surface temperature 2", Self.freezeTemperature),
    ]
    for (rules, name, freeze) in cases {
      for isFrozen in [true, false] {
        var film = try Film(plausibility: rules)
        let trip = film.play(for: 120) {
          let noise = Self.jitter($0.time)
          var sample = $0.sample(
            voltage: 3.7 + noise, current: noise, temperatures: [25 + noise, 25 + noise])
          if isFrozen { freeze(&sample) }
          return sample
        }
        #expect((trip != nil) == isFrozen, "\(name)")
        if let trip { #expect(trip.what.hasPrefix(name) && trip.time == Seconds(60)) }
      }
    }
  }

  @Test("a sensor without noise may repeat itself for ever")
  func noiseless() throws {
    var film = try Film()
    #expect(film.quiet(for: 600) == nil)
  }

  @Test("few samples do not make a frozen reading")
  func fewSamples() throws {
    var film = try Film(plausibility: rules { $0.voltageMoves = true })
    film.period = 2.4
    // Sixty seconds are over after 25 repetitions; sixty are wanted.
    #expect(film.play(for: 142) { $0.sample() } == nil)
    #expect(film.play(for: 10) { $0.sample() } != nil)
  }

  @Test("a missing reading is not a repetition")
  func missing() throws {
    var film = try Film(
      plausibility: rules {
        $0.voltageMoves = true; $0.currentMoves = true; $0.temperatureMoves = true
      })
    let trip = film.play(for: 300) {
      let noise = Self.jitter($0.time)
      var sample = $0.sample(
        voltage: 3.7 + noise, current: noise, temperatures: [25 + noise, 25 - noise])
      if Int($0.time) % 2 == 0 {
        sample.cellVoltage = Reading(Volts(3.7), at: sample.time - Seconds(1), quality: .missing)
        sample.current = Reading(Amperes(0), at: sample.time - Seconds(1), quality: .missing)
        sample.surface[1] = Reading(Celsius(25), at: sample.time - Seconds(1), quality: .missing)
      }
      return sample
    }
    #expect(trip == nil)
  }
}
