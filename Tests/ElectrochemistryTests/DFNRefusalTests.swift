import Electrochemistry
import Kernels
import Testing

/// Bad input is refused by name, and what stood before still stands.
struct DFNRefusalTests {
  private func solver(_ thermal: SPMe.Thermal = .lumped) throws -> DFNSolver {
    let solver = try DFNFixture.solver(thermal: thermal)
    try DFNFixture.run(solver, .current(-5), 30)
    return solver
  }

  @Test("controls out of range, and such as no cell can follow", arguments: SPMe.Thermal.allCases)
  func controls(thermal: SPMe.Thermal) throws {
    let solver = try solver(thermal)
    let before = (try solver.row(), solver.stageUnknowns)
    func stands(_ what: String) throws {
      #expect(try solver.row() == before.0, "\(what)")
      #expect(solver.stageUnknowns == before.1, "\(what)")
    }
    let bad: [(CellControl, String, String)] = [
      (.current(.nan), "current", "A"), (.current(1e4), "current", "A"),
      (.current(-.infinity), "current", "A"), (.ramp(from: 0, to: .infinity), "current", "A"),
      (.ramp(from: .nan, to: 1), "current", "A"), (.voltage(.nan), "voltage", "V"),
      (.voltage(-1), "voltage", "V"), (.voltage(60), "voltage", "V"),
      (.power(.nan), "power", "W"), (.power(-1e6), "power", "W"),
      (.resistance(0), "resistance", "Ohm"), (.resistance(-3), "resistance", "Ohm"),
      (.resistance(.nan), "resistance", "Ohm"),
    ]
    for (control, quantity, unit) in bad {
      let error = #expect(throws: ModelError.self) { try solver.apply(control, ambient: 298.15) }
      #expect(error?.quantity == quantity && error?.unit == unit, "\(control)")
      #expect(error?.bound.isEmpty == false)
      try stands("\(control)")
    }
    for unreachable in [CellControl.voltage(0), .voltage(9), .power(-2000)] {
      let evaluations = solver.statistics.evaluations
      #expect(throws: ModelError.self, "\(unreachable)") {
        try solver.apply(unreachable, ambient: 298.15)
      }
      #expect(solver.statistics.evaluations - evaluations < 200)
      try stands("\(unreachable)")
    }
    for ambient in [Double.nan, 0, 1000] {
      let error = #expect(throws: ModelError.self) {
        try solver.apply(.current(0), ambient: ambient)
      }
      #expect(error?.quantity == "ambient temperature" && error?.unit == "K")
      try stands("\(ambient)")
    }
  }

  @Test("starts and durations")
  func calls() throws {
    let solver = try solver()
    let before = try solver.row()
    for (n, p, t, quantity) in [
      (1.2, 0.5, 298.0, "negative surface stoichiometry"),
      (-0.1, 0.5, 298, "negative surface stoichiometry"),
      (0.5, Double.nan, 298, "positive surface stoichiometry"), (0.5, 0.5, 0, "cell temperature"),
      (0.5, 0.5, .nan, "cell temperature"),
    ] {
      let error = #expect(throws: ModelError.self) {
        try solver.start(negativeStoichiometry: n, positiveStoichiometry: p, temperature: t)
      }
      #expect(error?.quantity == quantity)
      #expect(try solver.row() == before)
    }
    for duration in [0, -1, .nan, Double.infinity] {
      let error = #expect(throws: ModelError.self) {
        try solver.run(for: duration, stops: [], outputTimes: []) { _ in }
      }
      #expect(error?.quantity == "duration" && error?.unit == "s")
      #expect(throws: ModelError.self) {
        try solver.step(current: 1, ambient: 298.15, duration: duration)
      }
    }
    for current in [Double.nan, 1e5, -.infinity] {
      #expect(throws: ModelError.self) {
        try solver.step(current: current, ambient: 298.15, duration: 1)
      }
    }
    #expect(abs(try solver.row().outputs.voltage - before.outputs.voltage) < 1e-6)
    #expect(try solver.row().time == before.time)
  }

  @Test("a tolerance that is no number does no harm: bounded work and a finite state, or an error")
  func tolerances() throws {
    for tolerance in [0, -1, 1e9, Double.nan] {
      let solver = try DFNFixture.solver(tolerance: tolerance)
      do {
        try DFNFixture.run(solver, .current(-5), 2)
      } catch is ModelError {}
      #expect(try solver.row().outputs.voltage.isFinite)
      #expect(solver.statistics.evaluations < 500_000, "\(tolerance)")
    }
  }

  static let ends: [(CellControl, String)] = [
    (.current(-5), "surface stoichiometry"), (.current(15), "surface stoichiometry"),
    (.ramp(from: -5, to: -400), ""), (.ramp(from: 0, to: 480), ""), (.power(-60), ""),
    (.power(80), ""), (.resistance(0.02), ""), (.voltage(2.0), ""),
    (.current(-60), ""), (.current(150), ""),
  ]

  @Test(
    "a profile that leaves the model's range ends with an error: no NaN, no hang, state kept",
    arguments: ends, SPMe.Thermal.allCases)
  func exhaustion(end: (CellControl, String), thermal: SPMe.Thermal) throws {
    let solver = try DFNFixture.solver(thermal: thermal)
    var rows = 0
    func note(_ row: SolverRow) {
      rows += 1
      #expect(row.outputs.voltage.isFinite && row.current.isFinite)
      #expect(row.outputs.temperature.isFinite && row.outputs.heatOhmic.isFinite)
    }
    var failure: ModelError?
    do {
      try DFNFixture.run(
        solver, end.0, 20_000, times: (1...400).map { Double($0) * 50 }, rows: note)
    } catch let error as ModelError { failure = error }
    if let failure {
      #expect(failure.quantity.contains(end.1), "\(failure)")
      #expect(!failure.bound.isEmpty && !failure.quantity.isEmpty)
    } else {
      // A hold that the cell can stand is no error.
      guard case .voltage = end.0 else {
        Issue.record("\(end.0) ran for 20000 s")
        return
      }
    }
    #expect(solver.statistics.evaluations < 400_000, "\(solver.statistics)")
    #expect(solver.stageUnknowns.allSatisfy { $0.isFinite })
  }

  @Test("after a run into its end at 1C or by a voltage the cell goes on the other way")
  func goesOn() throws {
    for (control, back) in [
      (CellControl.current(-5), 1.0), (.power(80), -1), (.voltage(2.0), 1),
    ] {
      let solver = try DFNFixture.solver(thermal: .lumped)
      do { try DFNFixture.run(solver, control, 20_000) } catch is ModelError {}
      let time = solver.time
      try DFNFixture.run(solver, .current(back), 60)
      #expect(try abs(solver.row().time - time - 60) < 1e-9, "\(control)")
      #expect(try solver.row().outputs.voltage.isFinite)
    }
  }

  @Test("fixed steps into exhaustion end with an error, and the last state stands")
  func fixedSteps() throws {
    for current in [-5.0, 20, -100] {
      let solver = try DFNFixture.solver(thermal: .lumped)
      var failure: ModelError?
      for _ in 0..<20_000 {
        let before = (solver.stageUnknowns, solver.time)
        do {
          try solver.step(current: current, ambient: 298.15, duration: 1)
        } catch {
          failure = error
          #expect(solver.stageUnknowns == before.0 && solver.time == before.1)
          break
        }
      }
      #expect(failure != nil)
      #expect(solver.statistics.evaluations < 1_000_000)
      #expect(solver.stageUnknowns.allSatisfy { $0.isFinite })
    }
  }
}
