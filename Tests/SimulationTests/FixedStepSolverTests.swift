import Electrochemistry
import Foundation
import Profiles
import Quantities
import Simulation
import Testing

/// The fixed-step solver keeps the contract of `CellSolver`.
@Suite("Fixed steps")
struct FixedStepSolverTests {
  private let cell: CellParameters

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    cell = try CellFile.load(root.appending(path: "profiles/cells/chen2020.json").path())
  }

  private func solver(_ soc: Double = 0.5) throws -> FixedStepSolver {
    let solver = FixedStepSolver(cell, mesh: .coarse, thermal: .lumped)
    let start = ExperimentSetting(
      cell, stateOfCharge: soc, temperature: 298.15, ambient: 298.15, period: 10)
    try solver.start(
      negativeStoichiometry: start.negativeStoichiometry,
      positiveStoichiometry: start.positiveStoichiometry, temperature: 298.15)
    return solver
  }

  @Test("under a current it is the open-loop model")
  func openLoop() throws {
    let solver = try solver()
    try solver.apply(.ramp(from: -5, to: 2), ambient: 298.15)
    var rows = [try solver.row()]
    let due = (1..<60).map { Double($0) * 10 }
    #expect(
      try solver.run(for: 600, stops: [], outputTimes: due) { rows.append($0) } == .duration)
    rows.append(try solver.row())
    let times = [0] + due + [600]
    let model = try OpenLoop.run(
      cell, times: times, currents: times.map { -5 + 7 * $0 / 600 }, ambient: 298.15,
      start: .stateOfCharge(0.5), mesh: .coarse)
    #expect(rows.map(\.time) == times)
    for (row, y) in zip(rows, model) { #expect(abs(row.outputs.voltage - y.voltage) < 1e-9) }
  }

  @Test("held voltage, power and resistance hold at every row, and the charge adds up")
  func controls() throws {
    let solver = try solver()
    var capacity: [Double] = []
    for control in [
      CellControl.voltage(4.1), .power(-15), .resistance(1), .power(8), .voltage(3.6),
    ] {
      try solver.apply(control, ambient: 298.15)
      let first = try solver.row()
      var rows = [first]
      _ = try solver.run(
        for: 300, stops: [], outputTimes: (1...300).map { Double($0) + first.time }
      ) {
        rows.append($0)
      }
      rows.append(try solver.row())
      #expect(rows.count == 301)
      for row in rows {
        let (v, i) = (row.outputs.voltage, row.current)
        switch control {
        case .voltage(let held): #expect(abs(v - held) < 1e-8)
        case .power(let power): #expect(abs(v * i - power) < 1e-7)
        case .resistance(let ohms): #expect(abs(v + i * ohms) < 1e-8)
        case .current, .ramp: Issue.record("\(control)")
        }
      }
      let last = rows[300]
      capacity.append(
        (last.netCapacity - first.netCapacity)
          / (last.outputs.stateOfCharge - first.outputs.stateOfCharge))
    }
    // A h for the whole scale, from the electrode's own numbers.
    let (n, faraday) = (cell.negative, 96_485.33212)
    let area = cell.electrodeArea * Double(cell.electrodePairs)
    let whole =
      n.sites * (n.maximumStoichiometry - n.minimumStoichiometry) * faraday * area / 3600
    for value in capacity { #expect(abs(value / whole - 1) < 1e-8, "\(value) \(whole)") }
  }

  @Test(
    "a stop is found to 1 ms: it holds where the run ends and not a millisecond before",
    arguments: [
      (CellControl.current(-10), StopCondition(.voltage, .atMost, 3.2)),
      (.current(5), StopCondition(.voltage, .atLeast, 4.1)),
      (.voltage(4.0), StopCondition(.currentMagnitude, .atMost, 1)),
      (.power(-20), StopCondition(.temperature, .atLeast, 300)),
      (.current(5), StopCondition(.chargeMoved, .atLeast, 0.25)),
      (.current(-5), StopCondition(.negativePotentialAtSeparator, .atLeast, 0.5)),
      (.resistance(0.7), StopCondition(.stateOfCharge, .atMost, 0.4)),
      (.ramp(from: 0, to: 10), StopCondition(.current, .atLeast, 1.234)),
    ])
  func stops(_ control: CellControl, _ stop: StopCondition) throws {
    let solver = try solver()
    try solver.apply(control, ambient: 298.15)
    #expect(try solver.run(for: 7200, stops: [stop], outputTimes: []) { _ in } == .stop(0))
    let time = try solver.row().time
    #expect(time > 1)
    // Again from the start; a ramp lasts as long as its run, so that its slope must be kept.
    var before = control
    if case .ramp(let from, let to) = control {
      before = .ramp(from: from, to: from + (to - from) * (time - 1e-3) / 7200)
    }
    let again = try self.solver()
    try again.apply(before, ambient: 298.15)
    let stillGoing = try again.run(for: time - 1e-3, stops: [stop], outputTimes: []) { _ in }
    #expect(stillGoing == .duration)
    // One that holds already takes no time.
    let steps = solver.statistics.steps
    #expect(
      try solver.run(for: 10, stops: [stop], outputTimes: []) { _ in } == .stop(0)
        || stop.quantity == .chargeMoved)
    #expect(solver.statistics.steps == steps || stop.quantity == .chargeMoved)
  }

  @Test("beyond the model's range: a typed error, the last good state and time kept")
  func range() throws {
    let solver = try solver(0.02)
    try solver.apply(.current(-5), ambient: 298.15)
    let error = #expect(throws: ModelError.self) {
      _ = try solver.run(for: 36000, stops: [], outputTimes: []) { _ in }
    }
    #expect(error?.quantity.contains("stoichiometry") == true)
    let row = try solver.row()
    #expect(row.time > 1 && row.time < 300)
    #expect(row.outputs.voltage.isFinite)
    #expect(throws: ModelError.self) {
      try solver.apply(.current(.nan), ambient: 298.15); _ = try solver.row()
    }
    #expect(throws: ModelError.self) { try solver.apply(.power(-1e6), ambient: 298.15) }
    #expect(throws: ModelError.self) { try solver.apply(.voltage(.nan), ambient: 298.15) }
  }
}
