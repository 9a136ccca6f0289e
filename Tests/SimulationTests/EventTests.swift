import Electrochemistry
import Foundation
import Simulation
import Testing

/// Ends come when the closed forms say.
@Suite("Ends of steps")
struct EventTests {
  private let r = LinearCell.resistance
  private let b = LinearCell.slope

  private func ends(_ outcome: Outcome) -> [Double] { (outcome.summary?.steps ?? []).map(\.end) }

  private func close(
    _ got: [Double], _ wanted: [Double], _ place: SourceLocation = #_sourceLocation
  ) {
    #expect(got.count == wanted.count, sourceLocation: place)
    for (got, wanted) in zip(got, wanted) {
      #expect(abs(got - wanted) < 1e-3, "\(got) is not \(wanted)", sourceLocation: place)
    }
  }

  @Test("constant current to a voltage")
  func current() throws {
    let outcome = try simulate(["Discharge at 1C until 3.3 V"], setting(stateOfCharge: 1))
    // 4.2 - 5 b t - 5 r = 3.3
    close(ends(outcome), [(0.9 - 5 * r) / (5 * b)])
    #expect(outcome.endings == ["voltage <= 3.3 V"])
    #expect(abs((outcome.rows.last?.cell.outputs.voltage ?? 0) - 3.3) < 1e-9)
  }

  @Test("constant current, constant voltage: two steps, and one with a turn")
  func currentThenHold() throws {
    let toHold = (0.6 - 5 * r) / (5 * b)
    let held = r / b * log(5 / 0.25)
    let two = try simulate(
      ["Charge at 1C until 4.2 V", "Hold at 4.2 V until C/20"], setting(stateOfCharge: 0.5))
    close(ends(two), [toHold, toHold + held])
    let one = try simulate(["Charge at 1C to 4.2 V until C/20"], setting(stateOfCharge: 0.5))
    close(ends(one), [toHold + held])
    #expect(one.endings == ["|current| <= 0.05C"])
    // The same rows but for the count of steps.
    #expect(one.rows.map(\.cell) == two.rows.map(\.cell))
    #expect(Set(one.stepCounts) == [1])
    #expect(Set(two.stepCounts) == [1, 2])
  }

  @Test("constant power: P / (2 I^2) - R ln |I| runs evenly with b t", arguments: [-10.0, 10])
  func power(_ power: Double) throws {
    let charging = power > 0
    let bound = charging ? 3.9 : 3.3
    let verb = charging ? "Charge" : "Discharge"
    let outcome = try simulate(
      ["\(verb) at \(abs(power)) W until \(bound) V"], setting(stateOfCharge: 0.5))
    func clock(_ current: Double) -> Double {
      power / (2 * current * current) - r * log(abs(current))
    }
    let first = LinearCell.current(power: power, ocv: 3.6)
    let last = power / bound
    close(ends(outcome), [(clock(last) - clock(first)) / b])
    for row in outcome.rows {
      #expect(abs(row.cell.outputs.voltage * row.cell.current - power) < 1e-8)
    }
  }

  @Test("constant resistance: the voltage falls exponentially")
  func resistance() throws {
    let outcome = try simulate(["Discharge at 2 Ohm until 3.3 V"], setting(stateOfCharge: 0.9))
    let start = 4.08 * 2 / (2 + r)
    close(ends(outcome), [(2 + r) / b * log(start / 3.3)])
    #expect(outcome.endings == ["voltage <= 3.3 V"])
  }

  @Test("charge, state of charge, time; the first one ends the step")
  func others() throws {
    let outcome = try simulate(
      [
        "Charge at 1C until 0.5 Ah", "Discharge at 2.5 A until SOC 30 % or until 3.1 V",
        "Rest for 2 minutes", "Charge at C/2 for 1 minute or until 4.1 V",
      ], setting(stateOfCharge: 0.4))
    close(ends(outcome), [360, 360 + 1440, 1920, 1980])
    #expect(
      outcome.endings == [
        "|charge| >= 0.5 Ah", "state of charge <= 30.0 %", "time >= 120.0 s", "time >= 60.0 s",
      ])
  }

  @Test("a charge end counts over the turn of a compound step")
  func chargeOverTurn() throws {
    let outcome = try simulate(
      ["Charge at 1C to 4.2 V until 2 Ah"], setting(stateOfCharge: 0.5))
    let toHold = (0.6 - 5 * r) / (5 * b)
    let left = 2 * 3600 - 5 * toHold
    // I0 tau (1 - exp(-t / tau)) = left
    let tau = r / b
    close(ends(outcome), [toHold - tau * log(1 - left / (5 * tau))])
    #expect(abs((outcome.rows.last?.cell.netCapacity ?? 0) - 2) < 1e-9)
  }

  @Test("a chamber step moves the ambient at once; the cell follows it")
  func chamber() throws {
    let outcome = try simulate(
      [
        "Chamber at 10 degC", "Rest for 3 hours or until within 0.5 K of ambient",
        "Rest until < 10.1 degC",
      ], setting(stateOfCharge: 0.5))
    close(ends(outcome), [0, 600 * log(15 / 0.5), 600 * log(15 / 0.1)])
    #expect(outcome.stepCounts.first == 2)
  }

  @Test("without a time a step of C-rate lasts 2/|C| h, any other 24 h")
  func timeLimits() throws {
    let outcome = try simulate(
      [
        "Charge at C/100 until 4.2 V", "Discharge at 1 mA until 3 V",
        "Charge at C/1000 for 1 minute or until 4.2 V",
      ], setting(stateOfCharge: -1.5, period: 3600))
    close(ends(outcome), [200 * 3600, 224 * 3600, 224 * 3600 + 60])
    #expect(
      outcome.endings == [
        "default time limit of 720000.0 s passed before any of its ends",
        "default time limit of 86400.0 s passed before any of its ends", "time >= 60.0 s",
      ])
  }
}
