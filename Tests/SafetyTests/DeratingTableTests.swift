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

  @Test(
    "trips above the row's current by more than the margin, whatever the direction, and says so")
  func trips() throws {
    let envelope = try envelope(Self.rows)
    for (sign, words) in [
      (1.0, "charge current above table at this temperature"),
      (-1, "discharge current above table at this temperature"),
    ] {
      for (current, temperature, allowed) in [(1.25, 15.0, 1.0), (0.75, 37, 0.5), (0.25, 32, 0)] {
        let at = Scenes.sample(current: sign * current, temperatures: [temperature])
        #expect(envelope.verdict(on: at) == .ok)
        let above = Scenes.sample(current: sign * (current + 0.001), temperatures: [temperature])
        let trip = try #require(envelope.verdict(on: above).trip)
        #expect(trip.what == words && trip.limit == allowed && trip.unit == "A")
        #expect(trip.value == current + 0.001 && trip.origin == .cell)
        #expect(trip.requirement == "SAF-010" && trip.time == Seconds(100))
      }
    }
  }

  @Test("a table of one direction does not bind the other, however small the current")
  func ownDirection() throws {
    let table = [
      LimitLayer.TemperatureRow(from: Celsius(0), to: Celsius(45), current: Amperes(0.25))
    ]
    let charge = try Scenes.envelope(
      LimitLayer(origin: .cell, source: "c", chargeCurrent: table))
    let discharge = try Scenes.envelope(
      LimitLayer(origin: .cell, source: "c", dischargeCurrent: table))
    for current in [0.75, 2] {
      #expect(charge.verdict(on: Scenes.sample(current: current)).trip != nil)
      #expect(charge.verdict(on: Scenes.sample(current: -current)) == .ok)
      #expect(discharge.verdict(on: Scenes.sample(current: -current)).trip != nil)
      #expect(discharge.verdict(on: Scenes.sample(current: current)) == .ok)
      for sign in [-1.0, 1] {
        let asked = Amperes(sign * current)
        let free = sign > 0 ? discharge : charge
        let bound = sign > 0 ? charge : discharge
        let sample = Scenes.sample()
        #expect(free.admit(asked, present: .zero, on: sample).current == asked)
        #expect(bound.admit(asked, present: .zero, on: sample).current == Amperes(sign * 0.25))
      }
    }
  }
}
