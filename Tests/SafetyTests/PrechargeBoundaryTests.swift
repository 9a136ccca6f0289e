import Quantities
import Safety
import Testing

@Suite("SAF-011, SAF-017 precharge, at its boundaries")
struct PrechargeBoundaryTests {
  @Test("SAF-011 at the window's lower end a cell is not below it")
  func floor() throws {
    var film = try Film()
    #expect(film.judge(film.sample(voltage: 2.5)) == nil)
    let admission = film.monitor.admit(
      Amperes(3), present: .zero, on: film.sample(voltage: 2.5), within: film.envelope)
    #expect(admission.current == Amperes(3) && admission.clamp == nil)
  }

  @Test("SAF-011 the timer counts from the zero current on, the whole time between two samples")
  func timer() throws {
    let precharge = PrechargeRules(
      openCircuit: Volts(2.5)...Volts(4), refuseBelow: Volts(2), current: Amperes(0.25),
      time: Seconds(10))
    for (current, trips) in [(0.02, true), (0.0199, false)] {
      var film = try Film(precharge: precharge)
      film.period = 0.5
      film.time = 1000
      #expect(film.judge(film.sample(voltage: 2.25)) == nil)
      let trip = film.play(for: 20) { $0.sample(voltage: 2.25, current: current) }
      #expect((trip != nil) == trips)
      if let trip {
        #expect(trip.value == 10.5 && trip.limit == 10 && trip.time == Seconds(1010.5))
        #expect(trip.what == "precharge did not bring the cell to 2.5 V in time")
        #expect(trip.unit == "s" && trip.origin == .cell && trip.requirement == "SAF-011")
      }
    }
  }

  @Test("SAF-011 a charge that is commanded counts, though it be too small to be seen")
  func commanded() throws {
    for (setPoint, trips) in [(0.001, true), (0, false)] {
      var film = try Film()
      film.setPoint = setPoint
      let trip = film.play(for: 700) { $0.sample(voltage: 2.25) }
      #expect((trip != nil) == trips)
      if let trip { #expect(trip.time == Seconds(601) && trip.value == 601) }
    }
  }

  @Test("SAF-017 what the first voltage is refused for says its limit")
  func firstLook() throws {
    var precharge = PrechargeRules(
      openCircuit: Volts(2.5)...Volts(4), refuseBelow: Volts(2), current: Amperes(0.25))
    precharge.tolerance = Volts(0.125)
    for (voltage, limit, requirement) in [
      (4.125, nil, ""), (4.1251, 4, "SAF-017"), (-0.5, 0, "SAF-005"), (0.25, 0.5, "SAF-011"),
      (1.5, 2, "SAF-011"),
    ] as [(Double, Double?, String)] {
      var film = try Film(precharge: precharge)
      let trip = film.judge(film.sample(voltage: voltage))
      #expect(trip?.limit == limit)
      if let trip {
        #expect(trip.value == voltage && trip.unit == "V" && trip.origin == .cell)
        #expect(trip.requirement == requirement)
      }
    }
  }

  @Test("SAF-011 what is admitted at the gentle current exactly, and why not more")
  func gentle() throws {
    var film = try Film()
    #expect(film.judge(film.sample(voltage: 2.25)) == nil)
    func admitted(_ current: Double) -> Admission {
      film.monitor.admit(
        Amperes(current), present: .zero, on: film.sample(voltage: 2.25), within: film.envelope)
    }
    #expect(admitted(0.25).current == Amperes(0.25) && admitted(0.25).clamp == nil)
    #expect(admitted(0.5).clamp?.value == 0.5 && admitted(0.5).clamp?.limit == 0.25)
    #expect(admitted(-0.5).clamp?.value == -0.5 && admitted(-0.5).current == .zero)
    // What the envelope says goes first.
    let cold = film.monitor.admit(
      Amperes(0.5), present: .zero, on: film.sample(voltage: 2.25, temperatures: [-1]),
      within: film.envelope)
    #expect(cold.current == .zero && cold.clamp?.unit == "degC")
  }
}
