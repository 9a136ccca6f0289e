import Quantities
import Safety
import Testing

@Suite("SAF-007 every command is admitted")
struct AdmitTests {
  @Test("never larger than asked, never of the other sign, never beyond the current limit")
  func never() throws {
    let envelope = try Scenes.envelope(Scenes.cell)
    for asked in stride(from: -15.0, through: 15, by: 0.5) {
      for temperature in [-25.0, -5, 0, 10, 24.9, 25, 44, 46, 70] {
        for voltage in [2.4, 2.59, 2.6, 3.7, 4.1, 4.105, 4.2] {
          let sample = Scenes.sample(voltage: voltage, temperatures: [temperature])
          let admitted = envelope.admit(Amperes(asked), present: .zero, on: sample).current.value
          #expect(abs(admitted) <= abs(asked) && admitted * asked >= 0)
          #expect(abs(admitted) <= 10)
          if admitted > 0 { #expect(temperature >= 0 && temperature <= 45 && voltage <= 4.1) }
          if admitted > 1.5 { #expect(temperature >= 25) }
          if admitted < 0 { #expect(voltage >= 2.6 && temperature >= -20 && temperature <= 60) }
        }
      }
    }
  }

  @Test("a request that is not a number is refused")
  func notANumber() throws {
    for asked in [Double.nan, .infinity] {
      let admission = try Scenes.envelope().admit(
        Amperes(asked), present: .zero, on: Scenes.sample())
      #expect(admission.current == .zero && admission.clamp != nil)
    }
  }

  @Test("SAF-005 nothing is admitted on a sample that trips")
  func stale() throws {
    var sample = Scenes.sample()
    sample.cellVoltage = Reading(Volts(3.7), at: Seconds(90), quality: .missing)
    let admission = try Scenes.envelope().admit(Amperes(1), present: .zero, on: sample)
    #expect(admission.current == .zero)
  }

  @Test("SAF-010 nothing is admitted without a valid surface temperature, nor outside a window")
  func temperature() throws {
    let envelope = try Scenes.envelope()
    let blind = envelope.admit(Amperes(1), present: .zero, on: Scenes.sample(temperatures: []))
    #expect(blind.current == .zero && blind.clamp?.what == "no valid surface temperature")
    for (temperature, asked) in [(46.0, 1.0), (-1, 1), (61, -1), (-21, -1)] {
      let admission = envelope.admit(
        Amperes(asked), present: .zero, on: Scenes.sample(temperatures: [temperature]))
      #expect(admission.current == .zero && admission.clamp?.unit == "degC")
    }
  }

  @Test("the direction changes only after the current was measured as none")
  func direction() throws {
    let envelope = try Scenes.envelope()
    let flowing = Scenes.sample(current: -1)
    #expect(envelope.admit(Amperes(1), present: Amperes(-1), on: flowing).current == .zero)
    let quiet = Scenes.sample(current: -0.019)
    #expect(envelope.admit(Amperes(1), present: .zero, on: quiet).current == Amperes(1))
  }

  @Test("a held voltage a little past its limit keeps its current but may not raise it")
  func hold() throws {
    let envelope = try Scenes.envelope()
    let sample = Scenes.sample(voltage: 4.205, current: 1)
    #expect(
      envelope.admit(Amperes(2), present: Amperes(1), on: sample).current == Amperes(1))
    #expect(
      envelope.admit(Amperes(0.5), present: Amperes(1), on: sample).current == Amperes(0.5))
    let far = Scenes.sample(voltage: 4.215, current: 1)
    #expect(envelope.admit(Amperes(0.5), present: Amperes(1), on: far).current == .zero)
  }

  @Test("the current rises by the slew limit at most and falls at once")
  func slew() throws {
    let rules = EnvelopeRules(
      ageLimit: Seconds(2), zeroCurrent: Amperes(0.02), slew: Amperes(0.5))
    let envelope = try Envelope(layers: [Scenes.bench], rules: rules)
    let sample = Scenes.sample(current: 1)
    #expect(
      envelope.admit(Amperes(5), present: Amperes(1), on: sample).current == Amperes(1.5))
    #expect(
      envelope.admit(Amperes(0.1), present: Amperes(1), on: sample).current == Amperes(0.1))
  }
}
