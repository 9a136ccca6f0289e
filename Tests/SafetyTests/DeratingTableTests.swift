import Quantities
import Safety
import Testing

@Suite("SAF-010 derating by surface temperature")
struct DeratingTableTests {
  private static let rows = [(20.0, 30.0, 2.0), (10, 20, 1), (35, 40, 0.5)]

  private func envelope(_ rows: [(Double, Double, Double)]) throws -> Envelope {
    let table = rows.map {
      LimitLayer.TemperatureRow(from: Celsius($0.0), to: Celsius($0.1), current: Amperes($0.2))
    }
    return try Scenes.envelope(
      LimitLayer(
        origin: .cell, source: "cell", chargeCurrent: table, dischargeCurrent: table))
  }

  private func allowed(_ temperatures: Double..., charge: Bool = true) throws -> Double {
    let asked = Amperes(charge ? 9 : -9)
    let admission = try envelope(Self.rows).admit(
      asked, present: .zero, on: Scenes.sample(temperatures: temperatures))
    return abs(admission.current.value)
  }

  @Test("a row holds from its lower end to below its upper; the last one's upper end belongs to it")
  func ends() throws {
    for charge in [true, false] {
      for (temperature, current) in [
        (9.99, 0.0), (10, 1), (19.99, 1), (20, 2), (29.99, 2), (35, 0.5), (40, 0.5), (40.01, 0),
      ] { #expect(try allowed(temperature, charge: charge) == current) }
    }
  }

  @Test("nothing is allowed in a gap between two rows, nor where one sensor is outside of all")
  func gap() throws {
    #expect(try allowed(32) == 0)
    #expect(try allowed(30) == 0)
    #expect(try allowed(9, 15) == 0)
    #expect(try allowed(39, 41) == 0)
  }

  @Test("sensors in several rows: the least of the rows that any of them is in")
  func between() throws {
    #expect(try allowed(15, 25) == 1)
    #expect(try allowed(25, 35) == 0.5)
    #expect(try allowed(25, 34.99) == 2)
    #expect(try allowed(20, 29) == 2)
    #expect(try allowed(15, 20) == 1)
  }

  @Test("rows are taken by their lower ends; of two with the same, the last given is last")
  func order() throws {
    let table = try envelope([(10, 10, 1), (10, 40, 2)])
    let warm = Scenes.sample(temperatures: [30])
    #expect(table.admit(Amperes(9), present: .zero, on: warm).current == Amperes(2))
  }

  /// Plays 10 s of a current at a temperature.
  private func play(_ layer: LimitLayer, _ current: Double, at temperature: Double) throws -> Trip?
  {
    var film = try Film(layer)
    film.setPoint = current
    return film.play(for: 10) { $0.sample(temperatures: [temperature]) }
  }

  private var both: LimitLayer {
    let table = Self.rows.map {
      LimitLayer.TemperatureRow(from: Celsius($0.0), to: Celsius($0.1), current: Amperes($0.2))
    }
    return LimitLayer(
      origin: .cell, source: "cell", chargeCurrent: table, dischargeCurrent: table)
  }

  @Test(
    "trips once a current was above its row by more than the margin for the 2 s that it may take to come down and the 2 s of every disagreement"
  )
  func trips() throws {
    for (sign, words) in [
      (1.0, "charge current above table at this temperature"),
      (-1, "discharge current above table at this temperature"),
    ] {
      for (current, temperature, allowed) in [(1.25, 15.0, 1.0), (0.75, 37, 0.5), (0.25, 32, 0)] {
        #expect(try play(both, sign * current, at: temperature) == nil)
        let trip = try #require(try play(both, sign * (current + 0.001), at: temperature))
        #expect(trip.what == words && trip.limit == allowed && trip.unit == "A")
        #expect(trip.value == current + 0.001 && trip.origin == .cell)
        #expect(trip.requirement == "SAF-010" && trip.time == Seconds(4))
      }
    }
  }

  @Test(
    "noise that carries a reading across a row's edge and back trips nothing; staying there does")
  func edge() throws {
    for (last, trips) in [(19.9, true), (20, false)] {
      var film = try Film(both)
      film.setPoint = 2
      let trip = film.play(for: 10) {
        let isOver = $0.time < 8 && $0.time.truncatingRemainder(dividingBy: 4) == 0
        return $0.sample(temperatures: [isOver ? 20 : $0.time < 9 ? 19.9 : last])
      }
      #expect((trip != nil) == trips)
      #expect(trip == nil || trip?.time == Seconds(9))
    }
  }

  @Test("a current that was not read anew neither counts towards the row's time nor ends it")
  func unread() throws {
    for (missing, time) in [(2.0...3.0, 4.0), (3...4, 5)] {
      var film = try Film(both)
      film.setPoint = 1.5
      let trip = film.play(for: 10) {
        var sample = $0.sample(temperatures: [15])
        if missing.contains($0.time) {
          sample.current = Reading(
            Amperes(1.5), at: Seconds(missing.lowerBound - 1), quality: .missing)
        }
        return sample
      }
      #expect(trip?.time == Seconds(time))
    }
  }

  @Test("a current that flows above its row is admitted down to the row, not refused")
  func comesDown() throws {
    for sign in [1.0, -1] {
      let sample = Scenes.sample(current: sign * 2, temperatures: [15])
      let admission = try envelope(Self.rows).admit(
        Amperes(sign * 2), present: Amperes(sign * 2), on: sample)
      #expect(admission.current == Amperes(sign))
      #expect(admission.clamp?.what == "derating table at this temperature")
    }
  }

  @Test("a table of one direction does not bind the other; below the zero current none binds")
  func ownDirection() throws {
    let table = [
      LimitLayer.TemperatureRow(from: Celsius(0), to: Celsius(45), current: Amperes(0.25))
    ]
    let charge = LimitLayer(origin: .cell, source: "c", chargeCurrent: table)
    let discharge = LimitLayer(origin: .cell, source: "c", dischargeCurrent: table)
    for current in [0.75, 2] {
      #expect(try play(charge, current, at: 25)?.requirement == "SAF-010")
      #expect(try play(charge, -current, at: 25) == nil)
      #expect(try play(discharge, -current, at: 25)?.requirement == "SAF-010")
      #expect(try play(discharge, current, at: 25) == nil)
      for sign in [-1.0, 1] {
        let asked = Amperes(sign * current)
        let free = try Scenes.envelope(sign > 0 ? discharge : charge)
        let bound = try Scenes.envelope(sign > 0 ? charge : discharge)
        let sample = Scenes.sample()
        #expect(free.admit(asked, present: .zero, on: sample).current == asked)
        #expect(bound.admit(asked, present: .zero, on: sample).current == Amperes(sign * 0.25))
      }
    }
    // The zero current is 0.02 A: at it a table without a margin of its own would bind.
    var rules = Scenes.rules
    rules.currentTripMargin = .zero
    let none = LimitLayer(
      origin: .cell, source: "c",
      chargeCurrent: [.init(from: Celsius(0), to: Celsius(45), current: .zero)])
    for (current, trips) in [(0.02, true), (0.0199, false)] {
      var film = try Film(none)
      film.envelope = try Envelope(layers: [Scenes.bench, none], rules: rules)
      film.setPoint = current
      #expect((film.quiet(for: 10) != nil) == trips)
    }
  }
}
