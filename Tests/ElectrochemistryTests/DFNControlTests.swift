import Electrochemistry
import Testing

/// What a control promises, and where a run ends.
struct DFNControlTests {
  @Test(
    "voltage, power and resistance hold at every row, to a twentieth of the tolerance",
    arguments: [2e-5, 1e-8])
  func constraints(tolerance: Double) throws {
    for thermal in SPMe.Thermal.allCases {
      let solver = try DFNFixture.solver(
        thermal: thermal, mesh: .standard, tolerance: tolerance, stateOfCharge: 0.7)
      var worst = (0.0, 0.0, 0.0)
      func run(_ control: CellControl, _ note: (SolverRow) -> Void) throws {
        let start = try solver.row().time
        try solver.apply(control, ambient: 298.15)
        note(try solver.row())
        _ = try solver.run(
          for: 200, stops: [], outputTimes: (1...55).map { start + Double($0) * 3.61 },
          emit: note)
        note(try solver.row())
      }
      try run(.voltage(4.1)) { worst.0 = max(worst.0, abs($0.outputs.voltage - 4.1)) }
      try run(.power(-12)) {
        worst.1 = max(worst.1, abs($0.outputs.voltage * $0.current + 12))
      }
      try run(.resistance(0.8)) {
        worst.2 = max(worst.2, abs($0.outputs.voltage + 0.8 * $0.current))
      }
      // Between steps a row is solved for to 1e-8 V.
      let bound = max(0.05 * tolerance, 2e-8)
      #expect(worst.0 > 0 && worst.0 < bound && worst.1 < 10 * bound && worst.2 < bound, "\(worst)")
    }
  }

  @Test("a hold takes the current that, prescribed, gives that voltage")
  func holdIsConsistent() throws {
    let held = try DFNFixture.solver(tolerance: 1e-7, stateOfCharge: 0.7)
    try held.apply(.voltage(4.05), ambient: 298.15)
    var knots = [(time: 0.0, current: try held.row().current)]
    let times = (1..<3000).map { Double($0) * 0.2 }
    _ = try held.run(for: 600, stops: [], outputTimes: times) {
      knots.append(($0.time, $0.current))
    }
    let driven = try DFNFixture.solver(tolerance: 1e-6, stateOfCharge: 0.7)
    var worst = 0.0
    for k in 1..<knots.count {
      try DFNFixture.run(
        driven, .ramp(from: knots[k - 1].current, to: knots[k].current),
        knots[k].time - knots[k - 1].time)
      if knots[k].time > 5 {
        worst = max(worst, abs(try driven.row().outputs.voltage - 4.05))
      }
    }
    #expect(worst < 5e-5, "\(worst)")
  }

  static let stops: [(CellControl, StopCondition)] = [
    (.current(-8), StopCondition(.voltage, .atMost, 3.4)),
    (.current(3), StopCondition(.negativePotentialAtSeparator, .atMost, 0.04)),
    (.current(-6), StopCondition(.negativeSurfaceStoichiometry, .atMost, 0.3)),
    (.current(5), StopCondition(.positiveSurfaceStoichiometry, .atMost, 0.4)),
    (.current(-4), StopCondition(.chargeMoved, .atLeast, 0.5)),
    (.current(4), StopCondition(.stateOfCharge, .atLeast, 0.61)),
    (.ramp(from: 0, to: 6), StopCondition(.current, .atLeast, 1.7)),
    (.voltage(4.0), StopCondition(.currentMagnitude, .atMost, 3)),
    (.current(-9), StopCondition(.temperature, .atLeast, 299.5)),
  ]

  private static func value(_ row: SolverRow, _ quantity: StopCondition.Quantity) -> Double {
    switch quantity {
    case .voltage: row.outputs.voltage
    case .negativePotentialAtSeparator: row.outputs.negativePotentialAtSeparator
    case .negativeSurfaceStoichiometry: row.outputs.negativeSurfaceStoichiometry
    case .positiveSurfaceStoichiometry: row.outputs.positiveSurfaceStoichiometry
    case .chargeMoved: abs(row.netCapacity)
    case .stateOfCharge: row.outputs.stateOfCharge
    case .current: row.current
    case .currentMagnitude: abs(row.current)
    case .temperature: row.outputs.temperature
    }
  }

  @Test("stops are found to 1 ms: a run without them passes the bound in that millisecond")
  func stops() throws {
    for (control, stop) in Self.stops {
      let solver = try DFNFixture.solver(thermal: .lumped)
      #expect(try DFNFixture.run(solver, control, 3000, [stop]) == .stop(0), "\(stop)")
      let end = try solver.row()
      // Met now, so the same run again takes no time (charge counts from each run's start).
      if case .current = control, stop.quantity != .chargeMoved {
        #expect(try DFNFixture.run(solver, control, 10, [stop]) == .stop(0), "\(stop)")
        // A switch solves anew what the step left to a thirtieth of its tolerance, 6e-7 V.
        #expect(try solver.row().time - end.time < 5e-3, "\(stop) at \(end.time)")
      }
      let free = try DFNFixture.solver(thermal: .lumped)
      var around: [Double] = []
      do {
        try DFNFixture.run(free, control, 3000, times: [end.time - 1e-3, end.time + 1e-3]) {
          around.append(Self.value($0, stop.quantity) - stop.bound)
        }
      } catch is ModelError {
        // It may empty a particle long after.
      }
      try #require(around.count == 2, "\(stop) at \(end.time)")
      #expect(around[0] * around[1] <= 0, "\(stop) at \(end.time): \(around)")
    }
  }

  @Test("stops by charge and by a ramp's current are where arithmetic puts them")
  func closedForms() throws {
    let charge = try DFNFixture.solver()
    try DFNFixture.run(charge, .current(-4), 3000, [StopCondition(.chargeMoved, .atLeast, 0.5)])
    #expect(abs(try charge.row().time - 450) < 1e-3)
    let ramp = try DFNFixture.solver()
    try DFNFixture.run(
      ramp, .ramp(from: 0, to: 6), 3000, [StopCondition(.current, .atLeast, 1.7)])
    #expect(abs(try ramp.row().time - 850) < 1e-3)
    let full = try DFNFixture.solver()
    let before = try full.row().outputs.stateOfCharge
    try DFNFixture.run(full, .current(3), 3000)
    let rate = (try full.row().outputs.stateOfCharge - before) / 3000
    let again = try DFNFixture.solver()
    try DFNFixture.run(again, .current(3), 3000, [StopCondition(.stateOfCharge, .atLeast, 0.6)])
    #expect(abs(try again.row().time - (0.6 - before) / rate) < 1e-3)
  }

  @Test("the first of several stops ends the run")
  func firstStop() throws {
    let solver = try DFNFixture.solver()
    let end = try DFNFixture.run(
      solver, .current(-4), 3000,
      [StopCondition(.chargeMoved, .atLeast, 0.5), StopCondition(.chargeMoved, .atLeast, 0.4999)])
    #expect(end == .stop(1))
    #expect(abs(try solver.row().time - 449.91) < 1e-3)
  }

  @Test("a trial current is answered as a switch to it is, and leaves no trace")
  func probes() throws {
    for thermal in SPMe.Thermal.allCases {
      let (plain, probed) = (
        try DFNFixture.solver(thermal: thermal), try DFNFixture.solver(thermal: thermal)
      )
      for second in 0..<20 {
        let current = [-5.0, -5, 0, 3][second % 4]
        for trial in [4.0, -8, 0, 0.3] {
          let answer = try probed.outputs(current: trial, ambient: 299)
          #expect(try probed.outputs(current: trial, ambient: 299) == answer)
        }
        #expect(throws: ModelError.self) { try probed.outputs(current: .nan, ambient: 299) }
        let answer = try probed.outputs(current: current, ambient: 298.15)
        if second % 2 == 0 {
          for solver in [plain, probed] {
            try solver.step(current: current, ambient: 298.15, duration: 1)
          }
        } else {
          for solver in [plain, probed] { try solver.apply(.current(current), ambient: 298.15) }
          #expect(abs(try plain.row().outputs.voltage - answer.voltage) < 1e-6)
          for solver in [plain, probed] {
            _ = try solver.run(for: 1, stops: [], outputTimes: []) { _ in }
          }
        }
        #expect(plain.stageUnknowns == probed.stageUnknowns, "second \(second)")
        #expect(try plain.row() == probed.row())
      }
    }
  }

  @Test("the same run gives the same rows to the last bit")
  func determinism() throws {
    func rows() throws -> [SolverRow] {
      let solver = try DFNFixture.solver(thermal: .lumped, stateOfCharge: 0.6)
      var rows: [SolverRow] = []
      let times = (0..<400).map { Double($0) * 2.3 }
      try DFNFixture.run(solver, .current(-6), 300, times: times) { rows.append($0) }
      try DFNFixture.run(solver, .voltage(3.9), 300, times: times) { rows.append($0) }
      try DFNFixture.run(solver, .ramp(from: 1, to: -9), 300, times: times) { rows.append($0) }
      return rows
    }
    let once = try rows()
    #expect(once.count > 380)
    #expect(try rows() == once)
  }
}
