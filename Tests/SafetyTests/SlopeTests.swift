import Quantities
import Safety
import Testing

@Suite("SAF-012 slopes and means, against plain arithmetic")
struct SlopeTests {
  private static let resistance = 0.05
  private static let capacity = 60.0

  /// Signs at rest off, the limit on heat beyond the current's by so many K/s.
  private func rules(heating: Double) -> RunawayRules {
    var rules = RunawayRules()
    rules.heating = KelvinsPerSecond(heating)
    rules.resistance = Ohms(Self.resistance)
    rules.heatCapacity = JoulesPerKelvin(Self.capacity)
    rules.restHeating = KelvinsPerSecond(1000)
    rules.restSettling = .zero
    return rules
  }

  /// Least squares by the textbook.
  private func slope(_ points: [(Double, Double)]) -> Double {
    let count = Double(points.count)
    let x = points.reduce(0) { $0 + $1.0 } / count
    let y = points.reduce(0) { $0 + $1.1 } / count
    let product = points.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
    return product / points.reduce(0) { $0 + ($1.0 - x) * ($1.0 - x) }
  }

  private func play(
    _ film: inout Film, _ count: Int, _ temperature: (Int) -> [Double],
    current: (Int) -> Double = { _ in 0 }, air: (Int) -> Double? = { _ in nil }
  ) -> Trip? {
    for tick in 0..<count {
      film.setPoint = current(tick)
      if let trip = film.judge(film.sample(temperatures: temperature(tick), air: air(tick))) {
        return trip
      }
    }
    return nil
  }

  @Test("three values over 48 of 60 s are the least that have a slope")
  func least() throws {
    let values = [25.0, 25, 31, 25, 25, 25]
    var film = try Film(runaway: rules(heating: 0.1))
    film.period = 24
    film.time = 1000
    let trip = play(&film, 3, { [values[$0], 20] })
    #expect(trip?.time == Seconds(1048) && trip?.requirement == "SAF-012")
    #expect(abs((trip?.value ?? 0) - slope([(0, 25), (24, 25), (48, 31)])) < 1e-12)
    #expect(trip?.limit == 0.1 && trip?.unit == "K/s" && trip?.origin == .cell)
    // Two values over 50 s have none; nor have many over less than 48 s.
    film = try Film(runaway: rules(heating: 0.1))
    film.period = 50
    #expect(play(&film, 2, { [20, 25 + 9 * Double($0)] }) == nil)
    film = try Film(runaway: rules(heating: 0.1))
    #expect(play(&film, 48, { [20, 20 + 0.2 * Double($0)] }) == nil)
    #expect(play(&film, 1, { _ in [20, 29.6] }) != nil)
  }

  @Test("the window holds 60 s: the slope is of what is in it, for either sensor")
  func window() throws {
    // A curve, so that every value that is left out or taken in changes the slope.
    func curve(_ tick: Int) -> Double { 20 + 2e-6 * Double(tick * tick * tick) }
    for sensor in [0, 1] {
      var film = try Film(runaway: rules(heating: 0.06))
      film.time = 1000
      let trip = play(
        &film, 300, { $0 < 1 ? [20, 20] : sensor == 0 ? [curve($0), 20] : [20, curve($0)] })
      let end = Int((trip?.time.value ?? 1000) - 1000)
      func oracle(_ end: Int) -> Double {
        slope((max(end - 60, 0)...end).map { (Double($0), curve($0)) })
      }
      #expect(end > 61 && end < 200)
      #expect(abs((trip?.value ?? 0) - oracle(end)) < 1e-10)
      #expect(oracle(end) > 0.06 && oracle(end - 1) <= 0.06)
    }
  }

  @Test("the steepest of the sensors counts")
  func steepest() throws {
    for (first, second) in [(0.2, 0.1), (0.1, 0.2), (0.2, -0.3)] {
      var apart = PlausibilityRules()
      apart.temperatureSpread = Kelvins(100)
      var film = try Film(plausibility: apart, runaway: rules(heating: 0.15))
      let trip = play(&film, 49, { [25 + first * Double($0), 25 + second * Double($0)] })
      #expect(abs((trip?.value ?? 0) - 0.2) < 1e-10)
    }
  }

  /// Excused by the air until `end`, so that the trip there tells what the mean explained.
  private func explained(at end: Int, period: Double = 1, current: @escaping (Int) -> Double) throws
    -> Double
  {
    var film = try Film(runaway: rules(heating: 0.01))
    film.period = period
    film.time = 500
    let trip = play(
      &film, end + 1, { [20 + 0.3 * period * Double($0)] }, current: current,
      air: { $0 < end ? 200 : nil })
    return try #require(trip).limit
  }

  @Test("what the current explains is its mean square over the 61 values of 60 s")
  func mean() throws {
    for end in [57, 60, 61, 78, 79] {
      func current(_ tick: Int) -> Double { tick < 20 ? 0.5 : 4 }
      let values = (max(end - 60, 0)...end).map { current($0) * current($0) }
      let mean = values.reduce(0, +) / Double(values.count)
      let expected = 0.01 + mean * Self.resistance / Self.capacity
      #expect(abs(try explained(at: end, current: current) - expected) < 1e-12)
    }
  }

  @Test("values closer than a sixtieth of the window are left out, at a sixtieth taken")
  func spacing() throws {
    // Every other value is left out, and those are the ones with current.
    func current(_ tick: Int) -> Double { tick % 2 == 0 ? 0 : -4 }
    #expect(
      abs(try explained(at: 100, period: 0.9921875, current: current) - 0.01) < 1e-12)
    let all = try explained(at: 100, period: 1, current: current)
    #expect(abs(all - 0.01 - 16 * 30 / 61 * Self.resistance / Self.capacity) < 1e-12)
  }

  private var apart: PlausibilityRules {
    var rules = PlausibilityRules()
    rules.temperatureSpread = Kelvins(100)
    return rules
  }

  @Test(
    "three samples 31 s apart are as good as a minute, though the first is a little older; 38 s apart none are"
  )
  func slow() throws {
    for (period, trips) in [(31.0, true), (37.5, true), (38, false)] {
      var film = try Film(plausibility: apart, runaway: rules(heating: 0.1))
      film.period = period
      film.time = 1000
      // The second alone is high: no slope of three rises before the last, which holds it no more.
      let values = [25.0, 60, 25, 25, 25 + 0.25 * period]
      let trip = play(&film, 5, { [values[$0], 20] })
      #expect(trip?.time == (trips ? Seconds(1000 + 4 * period) : nil))
      if let trip { #expect(abs(trip.value - 0.125) < 1e-12) }
    }
  }

  /// A thermometer that rises steadily until it falls silent, while the current that explained it ends.
  private func silent(after last: Double) throws -> Trip? {
    var film = try Film(plausibility: apart, runaway: rules(heating: 0.01))
    return film.play(for: 150) {
      // 4 A explain 0.0133 K/s.
      $0.setPoint = $0.time <= 80 ? 4 : 0
      // Cold air explains nothing, whether the surface is read or not.
      var sample = $0.sample(temperatures: [25 + 0.0225 * $0.time, 25], air: 0)
      if $0.time > last {
        sample.surface[0] = Reading(Celsius(30), at: Seconds(last), quality: .missing)
      }
      return sample
    }
  }

  @Test("a thermometer that fell silent has no slope once its last value is older than 12 s")
  func silence() throws {
    let heard = try #require(try silent(after: 1000)).time.value
    #expect(heard > 81)
    #expect(try silent(after: heard - 12)?.time == Seconds(heard))
    #expect(try silent(after: heard - 13) == nil)
  }

  @Test("six standard deviations of the noise's slope are no sign, of heat or of falling voltage")
  func noise() throws {
    // Three values 24 s apart: 1 / 24 2^(1/2) per second and unit.
    let deviation = 1 / (24 * 2.0.squareRoot())
    var noisy = rules(heating: 1e-6)
    noisy.temperatureNoise = Kelvins(0.5)
    noisy.voltageNoise = Volts(0.0078125)
    for (factor, trips) in [(5.99, false), (6.01, true)] {
      for resting in [false, true] {
        noisy.restHeating = KelvinsPerSecond(resting ? 1e-6 : 1000)
        var film = try Film(runaway: noisy)
        film.period = 24
        let rise = factor * 0.5 * deviation
        let heat = film.play(for: 71) { $0.sample(temperatures: [20 + rise * $0.time], air: nil) }
        #expect((heat != nil) == trips)
        if let heat { #expect(abs(heat.limit - 3 * deviation) < 1e-9) }
      }
      noisy.restFall = VoltsPerSecond(1e-6)
      noisy.suddenDrop = Volts(1)
      // Four values cover 24 s of the 30; 7.75 s apart it takes a fifth, just outside.
      for (period, squares, begin) in [(8.0, 5.0, 24.0), (7.75, 10, 31)] {
        var film = try Film(runaway: noisy)
        film.period = period
        let fallDeviation = 1 / (period * squares.squareRoot())
        let fall = factor * 0.0078125 * fallDeviation
        let trip = film.play(for: 100) { $0.sample(voltage: 4 - fall * $0.time) }
        #expect(trip?.time == (trips ? Seconds(begin) : nil))
        if let trip { #expect(abs(trip.limit + 6 * 0.0078125 * fallDeviation) < 1e-9) }
      }
    }
  }
}
