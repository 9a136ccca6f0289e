import Electrochemistry
import Testing

/// Bad input is refused by name, and what stood before still stands.
struct SolverRefusalTests {
  private func solver() throws -> SingleParticleSolver {
    let solver = try SingleParticleSolver(
      try Fixtures.chen2020(), model: .spme, mesh: .coarse, thermal: .lumped)
    try solver.start(
      negativeStoichiometry: 0.4, positiveStoichiometry: 0.6, temperature: 298.15)
    try solver.apply(.current(-5), ambient: 298.15)
    return solver
  }

  @Test("controls out of range")
  func controls() throws {
    let solver = try solver()
    let before = try solver.row()
    let bad: [(CellControl, String)] = [
      (.current(.nan), "current"), (.current(1e4), "current"),
      (.ramp(from: 0, to: .infinity), "current"),
      (.voltage(.nan), "set voltage"), (.voltage(-1), "set voltage"), (.power(.nan), "set power"),
      (.resistance(0), "set resistance"), (.resistance(-3), "set resistance"),
    ]
    for (control, quantity) in bad {
      let error = #expect(throws: ModelError.self) { try solver.apply(control, ambient: 298.15) }
      #expect(error?.quantity == quantity, "\(control)")
      #expect(try solver.row() == before)
    }
    for unreachable in [CellControl.voltage(60), .power(-1e6), .voltage(0.1)] {
      #expect(throws: ModelError.self) { try solver.apply(unreachable, ambient: 298.15) }
      #expect(try solver.row() == before)
    }
    for ambient in [Double.nan, 0, 1000] {
      let error = #expect(throws: ModelError.self) {
        try solver.apply(.current(0), ambient: ambient)
      }
      #expect(error?.quantity == "ambient temperature")
      #expect(try solver.row() == before)
    }
  }

  @Test("starts, tolerances, durations and orders of calls")
  func calls() throws {
    let cell = try Fixtures.chen2020()
    for tolerance in [0, -1, .nan, 1.0] {
      #expect(throws: ModelError.self) {
        try SingleParticleSolver(
          cell, model: .spm, mesh: .coarse, thermal: .lumped, relativeTolerance: tolerance)
      }
    }
    let solver = try solver()
    for (n, p, t) in [(1.2, 0.5, 298.0), (0.5, .nan, 298), (0.5, 0.5, 0)] {
      #expect(throws: ModelError.self) {
        try solver.start(negativeStoichiometry: n, positiveStoichiometry: p, temperature: t)
      }
    }
    for duration in [0, -1, .nan, Double.infinity] {
      #expect(throws: ModelError.self) {
        try solver.run(for: duration, stops: [], outputTimes: []) { _ in }
      }
    }
    let fresh = try SingleParticleSolver(cell, model: .spm, mesh: .coarse, thermal: .lumped)
    #expect(throws: ModelError.self) { try fresh.row() }
    #expect(throws: ModelError.self) { try fresh.run(for: 1, stops: [], outputTimes: []) { _ in } }
  }

  @Test("a discharge without an end stops where the particles are empty, state kept")
  func exhaustion() throws {
    let solver = try solver()
    let error = #expect(throws: ModelError.self) {
      try solver.run(for: 1e6, stops: [], outputTimes: []) { _ in }
    }
    #expect(error?.quantity.contains("stoichiometry") == true, "\(String(describing: error))")
    let row = try solver.row()
    #expect(row.outputs.voltage.isFinite && row.time > 1000)
    // And goes on from there.
    try solver.apply(.current(1), ambient: 298.15)
    _ = try solver.run(for: 600, stops: [], outputTimes: []) { _ in }
    #expect(try solver.row().time == row.time + 600)
  }
}
