import Prescription
import Quantities
import Testing

/// Linear in the current, so that the largest feasible current is known: V = 3.9 + 0.05 I,
/// T = 20 + T' I^2, potential = 60 mV - 10 mV/A I with sd 1 mV + 0.5 mV/A I.
private func forecast(_ current: Double, heating: Double = 0.1) -> ChargeForecast {
  ChargeForecast(
    voltage: 3.9 + 0.05 * current, voltageSD: 1e-3, temperature: 20 + heating * current * current,
    temperatureSD: 0.1, negativePotential: 0.06 - 0.01 * current,
    negativePotentialSD: 1e-3 + 0.5e-3 * current)
}

@Suite("Riding the tightest constraint")
struct ConstraintRideTests {
  private let ride = ConstraintRide()
  private let limits = ChargeLimits(
    current: Amperes(6), voltage: Volts(4.2), temperature: Celsius(45),
    platingMargin: Volts(0.01), targetStateOfCharge: StateOfCharge(0.8))

  private func decide(
    _ limits: ChargeLimits, soc: Double = 0.5, previous: Double = 5, heating: Double = 0.1
  ) -> ChargeDecision {
    ride.decide(
      limits, stateOfCharge: soc, previous: Amperes(previous), period: 1
    ) { forecast($0, heating: heating) }
  }

  @Test("It rides the plating margin, band included, to within its tolerance and from below")
  func plating() {
    let decision = decide(limits)
    // 60 - 10 I - 2 (1 + 0.5 I) = 10 mV
    let exact = 48.0 / 11
    #expect(decision.binding == .platingMargin)
    #expect(decision.current.value <= exact)
    #expect(decision.current.value > exact - ride.tolerance)
  }

  @Test("Each bound binds when it is the tightest")
  func bindings() {
    var cold = limits
    cold.platingMargin = Volts(-1)
    #expect(decide(cold).binding == .voltage)
    #expect(abs(decide(cold).current.value - (0.3 - 2e-3) / 0.05) < 1e-3)
    cold.voltage = Volts(5)
    #expect(decide(cold).binding == .current)
    #expect(decide(cold).current == Amperes(6))
    let hot = decide(cold, heating: 1)
    #expect(hot.binding == .temperature)
    #expect(abs(hot.current.value - 24.8.squareRoot()) < 1e-3)
  }

  @Test("The target ends the charge; no feasible current means zero")
  func ends() {
    #expect(decide(limits, soc: 0.8).binding == .target)
    var strict = limits
    strict.platingMargin = Volts(0.1)
    let none = decide(strict)
    #expect(none.binding == .infeasible)
    #expect(none.current == .zero)
  }

  @Test("The current may rise only so fast, and falls at once")
  func slew() {
    var slow = limits
    slow.riseRate = 0.5
    let rising = decide(slow, previous: 1)
    #expect(rising.binding == .riseRate)
    #expect(rising.current == Amperes(1.5))
    let falling = decide(slow, previous: 6)
    #expect(falling.binding == .platingMargin)
    #expect(falling.current.value < 4.4)
  }

  @Test("A model without an answer costs current, never safety, and work stays bounded")
  func noAnswer() {
    var calls = 0
    let decision = ride.decide(
      limits, stateOfCharge: 0.5, previous: Amperes(5), period: 1
    ) { current -> ChargeForecast? in
      calls += 1
      return current > 2 ? nil : forecast(current)
    }
    #expect(decision.current.value <= 2)
    #expect(decision.current.value > 1.99)
    #expect(decision.binding == .infeasible)
    #expect(calls <= ride.maximumEvaluations)
    let silent = ride.decide(
      limits, stateOfCharge: 0.5, previous: Amperes(5), period: 1
    ) { _ in nil }
    #expect(silent.current == .zero)
    let nan = ride.decide(
      limits, stateOfCharge: 0.5, previous: Amperes(5), period: 1
    ) { _ in
      ChargeForecast(
        voltage: .nan, voltageSD: 0, temperature: 20, temperatureSD: 0, negativePotential: 1,
        negativePotentialSD: 0)
    }
    #expect(nan.current == .zero)
  }
}
