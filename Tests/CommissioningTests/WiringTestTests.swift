import Commissioning
import Quantities
import Testing

@Suite("The wiring test finds what is wrong, and where")
struct WiringTestTests {
  private static let terms = WiringTerms(
    current: Amperes(0.12), zeroCurrent: Amperes(0.03), window: Volts(2)...Volts(4.25),
    leadDrop: Volts(0.25), voltageNoise: Volts(0.001), voltageTolerance: Volts(0.05),
    currentTolerance: Amperes(0.05), emergencyStop: Seconds(60))

  /// Drives the test against the script; where it ended and with what.
  private func run(
    _ bench: ScriptedBench, _ terms: WiringTerms = terms
  ) -> (test: WiringTest, failure: String?, orders: [BenchOrder]) {
    var bench = bench
    var test = WiringTest(terms)
    var order = BenchOrder.safe
    var orders: [BenchOrder] = []
    for _ in 0..<500 {
      switch test.next(bench.sample(after: order)) {
      case .finished(let failure): return (test, failure, orders)
      case .order(let next): order = next
      }
      orders.append(order)
    }
    Issue.record("the test does not end")
    return (test, nil, orders)
  }

  @Test("SAF-015 SAF-016: right wiring passes every stage, E-stop pressed")
  func right() {
    let (test, failure, orders) = run(ScriptedBench())
    #expect(failure == nil)
    #expect(!test.findings.contains { !$0.passed })
    #expect(test.findings.count > 30)
    #expect(test.stage == .end)
    // Small current only, both ways.
    let currents = orders.compactMap { order -> Double? in
      if case .current(let current) = order.drive { current.value } else { nil }
    }
    #expect(Set(currents) == [0.12, -0.12])
  }

  @Test(
    "SAF-005 SAF-011 SAF-017: a wrong cell is found before anything closes",
    arguments: [
      (ScriptedBench.Fault.reversedCell, "presence"), (.absentCell, "presence"),
      (.otherChemistry, "cell voltage at rest"), (.brokenThermometer, "surface thermometer 2"),
      (.hotThermometer, "hottest less coldest"), (.outputOn, "supply output on"),
    ])
  func atRest(_ fault: ScriptedBench.Fault, _ what: String) {
    let (test, failure, orders) = run(ScriptedBench(fault))
    #expect(failure?.contains(what) == true, "\(failure ?? "passed")")
    #expect(test.stage == .rest)
    #expect(orders.allSatisfy { $0 == .safe })
  }

  @Test(
    "SAF-014: a contactor that does not break the current is found, whichever branch",
    arguments: [
      (ScriptedBench.Fault.welded, WiringStage.chargeBroken),
      (.loadBypassesContactor, .dischargeBroken), (.neverCloses, .closed),
    ])
  func contactor(_ fault: ScriptedBench.Fault, _ stage: WiringStage) {
    let (test, failure, _) = run(ScriptedBench(fault))
    #expect(failure != nil)
    #expect(test.stage == stage)
  }

  @Test(
    "SAF-005 SAF-016: leads and meters that disagree are found where they show",
    arguments: [
      (ScriptedBench.Fault.shuntSwapped, WiringStage.charge, "wrong sign"),
      (.flakyShunt, .charge, "no reading"), (.currentPastShunt, .charge, "does not pass the shunt"),
      (.supplyMeterWrong, .charge, "supply's own current"),
      (.looseSupplyLead, .charge, "supply's terminals less cell's tabs"),
      (.meterBehindContactor, .chargeBroken, "not at the cell's tabs"),
      (.loadMeterWrong, .discharge, "load's own current"),
      (.looseLoadLead, .discharge, "cell's tabs less load's terminals"),
      (.frozenMeter, .discharge, "do not follow the cell"),
    ])
  func meters(_ fault: ScriptedBench.Fault, _ stage: WiringStage, _ words: String) {
    let (test, failure, _) = run(ScriptedBench(fault))
    #expect(failure?.contains(words) == true, "\(failure ?? "passed")")
    #expect(test.stage == stage)
  }

  @Test("SAF-015: an E-stop that ends no current, or is not pressed, fails the test")
  func emergencyStop() {
    let (test, failure, _) = run(ScriptedBench(.emergencyStopNotWired))
    #expect(test.stage == .emergencyStop)
    #expect(failure?.contains("not wired in the coil circuit") == true)
    var idle = ScriptedBench()
    idle.presses = false
    #expect(run(idle).failure?.contains("not pressed") == true)
  }

  @Test("SAF-015: without the press nothing claims that the E-stop was tested")
  func skipped() {
    var terms = Self.terms
    terms.emergencyStop = nil
    let (test, failure, _) = run(ScriptedBench(), terms)
    #expect(failure == nil)
    #expect(!test.findings.contains { $0.what.contains("E-stop") })
  }

  @Test("a reading that never comes fails its figure, whatever is allowed")
  func nothing() {
    #expect(!Finding("x", nil, "V").passed)
    #expect(!Finding("x", .nan, "V").passed)
    #expect(!Finding("x", .infinity, "V", from: 0).passed)
    #expect(Finding("x", 1, "V", from: 1, to: 1).passed)
    #expect(!Finding("x", 1.0001, "V", from: 1, to: 1).passed)
  }
}
