import Quantities
import Safety
import Testing

@Suite("What holds where a bench says nothing else")
struct RuleDefaultsTests {
  @Test("SAF-007 the envelope's margins")
  func envelope() {
    let rules = EnvelopeRules(ageLimit: Seconds(2), zeroCurrent: Amperes(0.02))
    #expect(rules.currentTripMargin == Amperes(0.25))
    #expect(rules.slew == Amperes(20))
    #expect(rules.holdTolerance == Volts(0.01))
    #expect(rules.interlocks.isEmpty)
  }

  @Test("SAF-005 how far instruments may disagree")
  func plausibility() {
    let rules = PlausibilityRules()
    #expect(rules.samples == 3 && rules.persistence == Seconds(2) && rules.settling == Seconds(2))
    #expect(rules.leadDrop == Volts(0.25) && rules.diodeDrop == Volts(0))
    #expect(rules.voltageTolerance == Volts(0.1))
    #expect(rules.currentTolerance == Amperes(0.15) && rules.currentRatio == 0.05)
    #expect(rules.temperatureSpread == Kelvins(10) && rules.frozenAfter == Seconds(60))
    #expect(rules.supplyReadsVoltage && rules.loadReadsVoltage)
    #expect(!rules.voltageMoves && !rules.currentMoves && !rules.temperatureMoves)
  }

  @Test("SAF-012 signs of a runaway: 1 K/min beyond the current's heat, 0.3 K/min at rest")
  func runaway() {
    let rules = RunawayRules()
    #expect(abs(rules.heating.value * 60 - 1) < 1e-12)
    #expect(abs(rules.restHeating.value * 60 - 0.3) < 1e-12)
    #expect(rules.resistance == Ohms(0) && rules.heatCapacity == JoulesPerKelvin(50))
    #expect(rules.ambientMargin == Kelvins(2) && rules.ambientTime == Seconds(300))
    #expect(rules.temperatureNoise == Kelvins(0) && rules.voltageNoise == Volts(0))
    #expect(rules.restFall == VoltsPerSecond(0.0005) && rules.restSettling == Seconds(300))
    #expect(rules.suddenDrop == Volts(0.1) && rules.knee == VoltsPerSecond(0.05))
    #expect(rules.stepResistance == Ohms(0.2))
  }

  @Test("SAF-011, SAF-017 precharge, and SAF-014, SAF-016 the check before the first current")
  func start() {
    let precharge = PrechargeRules(
      openCircuit: Volts(2.5)...Volts(4.2), refuseBelow: Volts(2), current: Amperes(0.1))
    #expect(precharge.tolerance == Volts(0.02) && precharge.absentBelow == Volts(0.5))
    #expect(precharge.time == Seconds(3600))
    let check = StartCheck.Rules(current: Amperes(0.1), emptyBelow: Volts(2.5))
    #expect(check.samples == 3 && check.patience == Seconds(20))
    #expect(check.settling == Seconds(2))
    #expect(check.supplyReadsVoltage && check.loadReadsVoltage)
    #expect(check.voltageTolerance == Volts(0.1))
  }

  @Test("a request may stay on unless it is for off")
  func request() {
    #expect(DriveRequest(current: .zero, contactor: true).mayStayOn)
    for contactor in [true, false] {
      let off = DriveRequest.off(contactor: contactor)
      #expect(off.current == .zero && off.contactor == contactor && !off.mayStayOn)
    }
  }
}
