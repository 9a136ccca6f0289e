import Electrochemistry
import Protocols
import Simulation
import Testing

/// What stands when a run cannot go on.
@Suite("Failures")
struct FailureTests {
  @Test("the model's error carries its time and step; rows so far stand, the last good state too")
  func model() throws {
    let cell = LinearCell()
    cell.breaksAt = 44
    let outcome = try simulate(
      ["Discharge at 1C for 15 s", "Rest for 1 h"], setting(stateOfCharge: 0.5), on: cell)
    guard case .model(let error, let time, let count, let step) = outcome.error as? ExperimentError
    else {
      Issue.record("\(String(describing: outcome.error))")
      return
    }
    #expect(error.quantity == "patience")
    #expect(time == 44)
    #expect(count == 2)
    #expect(step == "\"Rest for 1 h\"")
    #expect(outcome.times == [0, 10, 15, 15, 20, 30, 40, 44])
    #expect(
      "\(try #require(outcome.error))"
        == "at 44.0 s, step 2, \"Rest for 1 h\": patience is 0.0, allowed: above 0")
  }

  @Test("a current that the model refuses at once leaves no row")
  func refused() throws {
    let outcome = try simulate(["Discharge at 1000 A for 1 s"], setting(stateOfCharge: 0.5))
    #expect(outcome.rows.isEmpty)
    #expect("\(try #require(outcome.error))".hasPrefix("at 0.0 s, step 1, "))
  }

  @Test("what the row's taker throws comes out, and it is not called again")
  func taker() throws {
    struct Full: Error {}
    var taken = 0
    let run = ExperimentRun(LinearCell(), setting(stateOfCharge: 0.5), now: { 0 }) { _ in
      taken += 1
      if taken == 4 { throw Full() }
    }
    let steps = [try ProtocolStep(parsing: "Rest for 10 minutes")]
    #expect(throws: Full.self) { try run.run(.steps(steps)) }
    #expect(taken == 4)
  }

  @Test("time in the solver is measured without the time that rows take")
  func clock() throws {
    var clock = 0.0
    let run = ExperimentRun(
      LinearCell(), setting(stateOfCharge: 0.5),
      now: {
        clock += 1
        return clock
      }
    ) { _ in clock += 1000 }
    let summary = try run.run(.steps([try ProtocolStep(parsing: "Rest for 30 s")]))
    // Three calls (start, switch, run) of one tick each; the two rows inside add two readings
    // of the clock each and take out one, their own 1000 not counted.
    #expect(summary.solveSeconds < 20)
    #expect(summary.solveSeconds > 2)
    #expect(clock > 4000)
  }

  @Test(
    "a profile needs two points, from 0, increasing, finite",
    arguments: [
      ([0.0], [1.0], "at least 2"), ([1, 2], [0, 0], "the first time must be 0"),
      ([0, 1, 1], [0, 0, 0], "above the time before"), ([0, 2, 1], [0, 0, 0], "above the time"),
      ([0, .nan], [0, 0], "above the time"), ([0, 1], [0, .nan], "a finite current"),
      ([0, 1], [0, .infinity], "a finite current"), ([0, 1e9], [0, 0], "at most"),
    ])
  func profile(_ times: [Double], _ currents: [Double], _ part: String) {
    let refusal = #expect(throws: CurrentProfile.Refusal.self) {
      try CurrentProfile(times: times, currents: currents)
    }
    #expect(refusal?.problem.contains(part) == true, "\(refusal?.problem ?? "")")
  }
}
