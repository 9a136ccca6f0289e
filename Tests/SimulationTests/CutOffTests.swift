import Electrochemistry
import Simulation
import Testing

/// A cut-off ends the run unless the step's own end comes no later.
@Suite("Cell cut-offs")
struct CutOffTests {
  @Test("outside a step's own end it ends the run, and no later step begins")
  func endsTheRun() throws {
    let outcome = try simulate(
      ["Discharge at 1C for 2 hours", "Rest for 1 hour"], setting(stateOfCharge: 1))
    #expect(outcome.summary?.cutOff == .lower)
    #expect(outcome.endings == ["the cell's lower voltage cut-off, 3.0 V"])
    #expect(outcome.stepCounts.last == 1)
    let time = (1.2 - 5 * LinearCell.resistance) / (5 * LinearCell.slope)
    #expect(abs((outcome.times.last ?? 0) - time) < 1e-3)
    #expect(outcome.summary?.endTime == outcome.times.last)
  }

  @Test(
    "an own end at the cut-off, or before it, is the step's own",
    arguments: [
      "Discharge at 1C until 3 V", "Discharge at 1C until 3.1 V", "Charge at 1C until 4.2 V",
      "Charge at 1C for 3 h or until 4.2 V", "Charge at 10 W until 4.2 V",
      "Discharge at 1 Ohm until 3.0 V", "Charge at 1C to 4.2 V until C/20",
    ])
  func ownEnd(_ step: String) throws {
    for isContrary in [false, true] {
      let cell = LinearCell()
      cell.isContrary = isContrary
      let outcome = try simulate([step], setting(stateOfCharge: 0.5), on: cell)
      #expect(outcome.summary?.cutOff == nil, "\(outcome.endings)")
      #expect(outcome.summary?.steps.count == 1)
    }
  }

  @Test(
    "an own end beyond the cut-off comes later",
    arguments: [
      ("Charge at 1C until 4.3 V", CutOff.upper), ("Discharge at 1C until 2.5 V", .lower),
      ("Charge at 1C to 4.3 V until C/20", .upper), ("Discharge at 10 W until 2.5 V", .lower),
      ("Discharge at 1 Ohm for 10 h", .lower),
    ])
  func beyond(_ step: String, _ side: CutOff) throws {
    let outcome = try simulate([step], setting(stateOfCharge: 0.5))
    #expect(outcome.summary?.cutOff == side, "\(outcome.endings)")
  }

  @Test(
    "a hold at the cut-off is not ended by it, whatever the rounding", arguments: [-1e-9, 1e-9])
  func hold(_ rounding: Double) throws {
    for step in ["Hold at 4.2 V until C/20", "Hold at 3 V until C/20"] {
      let cell = LinearCell()
      cell.rounding = rounding
      let outcome = try simulate([step], setting(stateOfCharge: 0.5), on: cell)
      #expect(outcome.summary?.cutOff == nil, "\(outcome.endings)")
      #expect(outcome.endings == ["|current| <= 0.05C"])
    }
  }

  @Test("a hold beyond a cut-off ends the run where it begins, with one row")
  func holdBeyond() throws {
    let outcome = try simulate(
      ["Rest for 20 s", "Hold at 4.21 V for 1 h"], setting(stateOfCharge: 0.5))
    #expect(outcome.summary?.cutOff == .upper)
    #expect(outcome.times == [0, 10, 20, 20])
    #expect(outcome.stepCounts == [1, 1, 1, 2])
  }

  @Test("a step that begins beyond the cut-off it drives to ends there, with one row")
  func beginsBeyond() throws {
    let outcome = try simulate(["Discharge at 2C until 2 V"], setting(stateOfCharge: 0.1))
    #expect(outcome.summary?.cutOff == .lower)
    #expect(outcome.times == [0])
  }

  @Test("a pulse for a stated time that begins beyond the cut-off lasts its time")
  func pulseBeyond() throws {
    let outcome = try simulate(
      ["Discharge at 2C for 20 s", "Rest for 10 s"], setting(stateOfCharge: 0.1))
    #expect(outcome.summary?.cutOff == nil)
    #expect(outcome.times == [0, 10, 20, 20, 30])
  }

  @Test(
    "rest at a cut-off, and driving away from it, is allowed",
    arguments: [
      (1.0, "Rest for 1 minute"), (0.0, "Rest for 1 minute"), (-0.1, "Charge at C/10 for 1 h"),
      (1.1, "Discharge at C/10 for 1 h"),
    ])
  func away(_ soc: Double, _ step: String) throws {
    let outcome = try simulate([step], setting(stateOfCharge: soc))
    #expect(outcome.summary?.cutOff == nil, "\(outcome.endings)")
  }

  @Test("a current profile runs through every cut-off to its last point")
  func profile() throws {
    let profile = try CurrentProfile(times: [0, 3600, 7200], currents: [-5, -5, -5])
    let outcome = simulate(.current(profile), setting(stateOfCharge: 1))
    #expect(outcome.error == nil)
    #expect(outcome.times.last == 7200)
    #expect(outcome.rows.last.map { $0.cell.outputs.voltage < 2 } == true)
  }
}
