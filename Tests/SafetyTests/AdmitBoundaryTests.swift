import Quantities
import Safety
import Testing

/// Numbers here are sums of powers of two: a boundary is met exactly.
@Suite("SAF-007 what admit lets through at its boundaries")
struct AdmitBoundaryTests {
  private func envelope(
    current: (Double, Double) = (-8, 8), charge: [LimitLayer.TemperatureRow] = [],
    discharge: [LimitLayer.TemperatureRow] = [], slew: Double = 20
  ) throws -> Envelope {
    var layer = Scenes.bench
    layer.bands[.voltage] = Scenes.band(2.5, 4, margin: 1)
    layer.bands[.current] = Scenes.band(current.0, current.1, margin: 0.5)
    layer.chargeCurrent = charge
    layer.dischargeCurrent = discharge
    return try Envelope(
      layers: [layer],
      rules: EnvelopeRules(
        ageLimit: Seconds(2.5), zeroCurrent: Amperes(0.125), slew: Amperes(slew),
        holdTolerance: Volts(0.25)))
  }

  private func row(_ from: Double, _ to: Double, _ current: Double) -> LimitLayer.TemperatureRow {
    .init(from: Celsius(from), to: Celsius(to), current: Amperes(current))
  }

  private func admit(
    _ asked: Double, present: Double = 0, _ envelope: Envelope, voltage: Double = 3.5,
    measured: Double = 0, temperature: Double = 25
  ) -> Admission {
    envelope.admit(
      Amperes(asked), present: Amperes(present),
      on: Scenes.sample(voltage: voltage, current: measured, temperatures: [temperature]))
  }

  @Test("a refusal says the value, the limit and the unit")
  func refusals() throws {
    let envelope = try envelope()
    let number = admit(.infinity, envelope)
    #expect(number.clamp?.value == .infinity && number.clamp?.limit == 0)
    #expect(number.clamp?.unit == "A" && number.clamp?.what == "request is not a number")
    let blind = envelope.admit(
      Amperes(1), present: .zero, on: Scenes.sample(temperatures: []))
    #expect(blind.clamp?.limit == 2.5 && blind.clamp?.unit == "s")
    #expect(blind.clamp?.value.isNaN == true)
    let direction = admit(1, envelope, measured: -1)
    #expect(direction.clamp?.value == -1 && direction.clamp?.limit == 0.125)
    #expect(direction.clamp?.what == "direction change before measured zero")
    let trips = admit(1, envelope, voltage: 5.5)
    #expect(trips.clamp?.value == 5.5 && trips.clamp?.limit == 5 && trips.clamp?.unit == "V")
    #expect(trips.clamp?.what == "voltage above trip limit" && trips.clamp?.margin == -0.5)
    let none = admit(0, envelope, voltage: 5.5)
    #expect(none.current == .zero && none.clamp == nil)
  }

  @Test("SAF-011 below the trip limit of the voltage nothing is admitted, charge neither")
  func below() throws {
    for (voltage, asked) in [(1.4999, 1.0), (1.4999, -1)] {
      let admission = try admit(asked, envelope(), voltage: voltage)
      #expect(admission.current == .zero && admission.clamp?.what == "voltage below trip limit")
      #expect(admission.clamp?.limit == 1.5)
    }
  }

  @Test("a measured current of exactly the zero current still has a direction")
  func direction() throws {
    let envelope = try envelope()
    for sign in [-1.0, 1] {
      #expect(admit(sign, envelope, measured: -sign * 0.125).current == .zero)
      #expect(admit(sign, envelope, measured: -sign * 0.12).current == Amperes(sign))
      #expect(admit(sign, envelope, measured: sign * 0.125).current == Amperes(sign))
      #expect(admit(sign, envelope, measured: sign * 0.5).clamp == nil)
    }
  }

  @Test("SAF-010 at either end of a window the current is admitted, beyond it refused")
  func windows() throws {
    let envelope = try envelope()
    for (asked, temperature, isAdmitted) in [
      (0.5, 0.0, true), (0.5, -0.01, false), (0.5, 45, true), (0.5, 45.01, false),
      (-0.5, -20, true), (-0.5, -20.01, false), (-0.5, 60, true), (-0.5, 60.01, false),
    ] {
      let admission = admit(asked, envelope, temperature: temperature)
      #expect((admission.clamp == nil) == isAdmitted)
      #expect(admission.current.value == (isAdmitted ? asked : 0))
      if !isAdmitted { #expect(admission.clamp?.value == temperature) }
    }
  }

  @Test("the range of current: at it whole, beyond it clamped; a range of one sign bars the other")
  func range() throws {
    let envelope = try envelope()
    for sign in [-1.0, 1] {
      #expect(admit(sign * 8, envelope).clamp == nil)
      let more = admit(sign * 8.5, envelope)
      #expect(more.current == Amperes(sign * 8) && more.clamp?.value == 8.5)
      #expect(more.clamp?.limit == 8 && more.clamp?.margin == -0.5)
    }
    let dischargeOnly = try self.envelope(current: (-8, -0.25))
    #expect(admit(0.5, dischargeOnly, measured: -0.25).current == .zero)
    #expect(admit(0.5, dischargeOnly).current == .zero)
    let sample = Scenes.sample(voltage: 3.5, current: -0.25)
    let gone = dischargeOnly.admit(Amperes(-1), present: .zero, on: sample)
    #expect(gone.current == Amperes(-1))
    let restingOnly = try self.envelope(current: (-0.25, 0))
    #expect(admit(0.5, restingOnly).current == .zero)
    #expect(admit(0.5, restingOnly).clamp?.limit == 0)
  }

  @Test("less than an ampere is clamped in its own direction")
  func small() throws {
    let table = [row(0, 45, 0.25)]
    let envelope = try envelope(charge: table, discharge: table)
    for sign in [-1.0, 1] {
      let admission = admit(sign * 0.5, envelope)
      #expect(admission.current == Amperes(sign * 0.25) && admission.clamp?.limit == 0.25)
      #expect(admit(sign * 0.25, envelope).clamp == nil)
    }
  }

  @Test(
    "at the operate voltage any current, above it by the tolerance the present one, beyond none")
  func hold() throws {
    let envelope = try envelope()
    for (sign, at, held, far) in [(1.0, 4.0, 4.25, 4.2501), (-1, 2.5, 2.25, 2.2499)] {
      #expect(admit(sign * 2, envelope, voltage: at).current == Amperes(sign * 2))
      let kept = admit(sign * 2, present: sign * 0.5, envelope, voltage: held)
      #expect(kept.current == Amperes(sign * 0.5) && kept.clamp?.limit == 0.5)
      #expect(admit(sign * 2, present: sign * 0.5, envelope, voltage: far).current == .zero)
      // A set-point that was the other way is none to keep.
      #expect(admit(sign * 2, present: -sign * 0.5, envelope, voltage: held).current == .zero)
    }
  }

  @Test("the slew is what may be added to the present set-point's magnitude")
  func slew() throws {
    let envelope = try envelope(slew: 0.5)
    for sign in [-1.0, 1] {
      #expect(admit(sign * 1.5, present: sign, envelope).clamp == nil)
      let fast = admit(sign * 2, present: sign, envelope)
      #expect(fast.current == Amperes(sign * 1.5) && fast.clamp?.what == "slew")
      #expect(fast.clamp?.value == 2 && fast.clamp?.limit == 1.5)
    }
  }
}
