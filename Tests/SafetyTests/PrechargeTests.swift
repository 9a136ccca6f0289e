import Quantities
import Safety
import Testing

@Suite("SAF-011 deep discharge; SAF-017 the cell is the one that was declared")
struct PrechargeTests {
  private func first(_ voltage: Double) throws -> Trip? {
    var film = try Film()
    return film.judge(film.sample(voltage: voltage))
  }

  @Test("what the first voltage tells")
  func firstLook() throws {
    #expect(try first(-3.7)?.requirement == "SAF-005")
    #expect(try first(-0.5)?.what == "cell or meter leads are reversed")
    #expect(try first(-0.4999)?.what == "cell is reversed, shorted or absent")
    #expect(try first(0)?.requirement == "SAF-011")
    #expect(try first(0.4999)?.limit == 0.5)
    #expect(try first(0.5)?.what == "cell was discharged too deeply to be charged ever")
    #expect(try first(1.9999)?.limit == 2)
    #expect(try first(2) == nil)
    #expect(try first(2.4) == nil)
    #expect(try first(4.22) == nil)
    #expect(try first(4.2201)?.requirement == "SAF-017")
  }

  @Test("a first voltage that did not come decides nothing")
  func missing() throws {
    var film = try Film()
    var sample = film.sample(voltage: 1)
    sample.cellVoltage = Reading(Volts(3), at: sample.time, quality: .missing)
    #expect(film.judge(sample) == nil)
    #expect(film.judge(film.sample(voltage: 1))?.requirement == "SAF-011")
  }

  @Test("below its window a cell is charged at C/20 at most and never discharged, until it is back")
  func gentle() throws {
    var film = try Film()
    #expect(film.judge(film.sample(voltage: 2.3)) == nil)
    func admitted(_ current: Double, at voltage: Double = 2.3) -> Admission {
      film.monitor.admit(
        Amperes(current), present: .zero, on: film.sample(voltage: voltage), within: film.envelope)
    }
    #expect(admitted(3).current == Amperes(0.25))
    #expect(admitted(3).clamp?.what == "cell below its window: precharge only")
    #expect(abs((admitted(3).clamp?.margin ?? 0) + 2.75) < 1e-12)
    #expect(admitted(0.1).current == Amperes(0.1) && admitted(0.1).clamp == nil)
    #expect(admitted(-1).current == .zero && admitted(-1).clamp != nil)
    #expect(admitted(.nan).current == .zero && admitted(.nan).clamp != nil)
    #expect(admitted(.infinity).current == .zero)
    #expect(admitted(0).clamp == nil)
    // Back in its window: for good, as every other cell.
    #expect(film.judge(film.sample(voltage: 2.5)) == nil)
    #expect(admitted(3, at: 2.6).current == Amperes(3))
    #expect(film.judge(film.sample(voltage: 2.44))?.what == "voltage below trip limit")
  }

  @Test("the timer counts the time of charge; the rest between does not count")
  func timer() throws {
    var film = try Film()
    #expect(film.play(for: 2000, { $0.sample(voltage: 2.3) }) == nil)
    film.setPoint = 0.25
    #expect(film.play(for: 600, { $0.sample(voltage: 2.3) }) == nil)
    let trip = film.play(for: 10) { $0.sample(voltage: 2.3) }
    #expect(trip?.requirement == "SAF-011" && trip?.limit == 600)
  }

  @Test("a cell that sinks below the refusal voltage during precharge is given up")
  func sinks() throws {
    var film = try Film()
    #expect(film.judge(film.sample(voltage: 2.1)) == nil)
    #expect(film.judge(film.sample(voltage: 2.0)) == nil)
    #expect(film.judge(film.sample(voltage: 1.9999))?.requirement == "SAF-011")
  }

  @Test("the upper limit stands also during precharge")
  func upper() throws {
    var film = try Film()
    #expect(film.judge(film.sample(voltage: 2.3)) == nil)
    #expect(film.judge(film.sample(voltage: .infinity))?.requirement == "SAF-005")
    var other = try Film(
      LimitLayer(
        origin: .cell, source: "c", bands: [.voltage: Scenes.band(2.6, 3, margin: 0.01)]),
      precharge: PrechargeRules(
        openCircuit: Volts(2.6)...Volts(4.2), refuseBelow: Volts(2), current: Amperes(0.25)))
    #expect(other.judge(other.sample(voltage: 2.3)) == nil)
    // Within the window it is over, so the envelope's own limit is in force again.
    #expect(other.judge(other.sample(voltage: 3.02)) != nil)
  }
}
