import Electrochemistry
import Kernels
import Testing

struct SolverLawTests {
  private func solver(
    _ model: SingleParticleModel = .spme, thermal: SPMe.Thermal = .isothermal,
    mesh: SPMe.MeshName = .coarse, tolerance: Double = 1e-6, stateOfCharge: Double = 0.5
  ) throws -> SingleParticleSolver {
    let cell = try Fixtures.chen2020()
    let solver = try SingleParticleSolver(
      cell, model: model, mesh: mesh, thermal: thermal, relativeTolerance: tolerance)
    let start = SPMe(cell, mesh: .coarse, thermal: thermal)
      .stoichiometries(stateOfCharge: stateOfCharge)
    try solver.start(
      negativeStoichiometry: start.negative, positiveStoichiometry: start.positive,
      temperature: 298.15)
    return solver
  }

  private func run(
    _ solver: SingleParticleSolver, _ control: CellControl, _ duration: Double,
    _ stops: [StopCondition] = []
  ) throws -> RunEnd {
    try solver.apply(control, ambient: 298.15)
    return try solver.run(for: duration, stops: stops, outputTimes: []) { _ in }
  }

  @Test("lithium follows the charge to 1e-12 through a cycle of every control")
  func conservation() throws {
    let cell = try Fixtures.chen2020()
    for model in SingleParticleModel.allCases {
      let solver = try solver(model, thermal: .lumped)
      let before = try {
        try solver.apply(.current(0), ambient: 298.15); return try solver.row()
      }()
      _ = try run(solver, .current(5), 4000, [StopCondition(.voltage, .atLeast, 4.15)])
      _ = try run(solver, .voltage(4.15), 4000, [StopCondition(.currentMagnitude, .atMost, 0.5)])
      _ = try run(solver, .power(-15), 900)
      _ = try run(solver, .resistance(0.5), 300)
      _ = try run(solver, .ramp(from: -3, to: 4), 60)
      _ = try run(solver, .current(0), 600)
      let after = try solver.row()
      let faraday = PhysicalConstants.faraday
      let sites = cell.negative.sites * cell.electrodeArea * Double(cell.electrodePairs)
      let window = cell.negative.maximumStoichiometry - cell.negative.minimumStoichiometry
      let moved =
        (after.outputs.stateOfCharge - before.outputs.stateOfCharge) * window * sites * faraday
      #expect(abs(moved / 3600 - after.netCapacity) < 1e-11, "\(model)")
    }
  }

  @Test("voltage, power and resistance hold at every row, steps and between")
  func constraints() throws {
    for thermal in SPMe.Thermal.allCases {
      let solver = try solver(thermal: thermal, mesh: .standard, stateOfCharge: 0.7)
      let times = (1...200).map { Double($0) * 3.7 }
      var worst = (0.0, 0.0, 0.0)
      try solver.apply(.voltage(4.1), ambient: 298.15)
      _ = try solver.run(for: 200, stops: [], outputTimes: times) {
        worst.0 = max(worst.0, abs($0.outputs.voltage - 4.1))
      }
      try solver.apply(.power(-12), ambient: 298.15)
      _ = try solver.run(for: 200, stops: [], outputTimes: times) {
        worst.1 = max(worst.1, abs($0.outputs.voltage * $0.current + 12))
      }
      try solver.apply(.resistance(0.8), ambient: 298.15)
      _ = try solver.run(for: 200, stops: [], outputTimes: times) {
        worst.2 = max(worst.2, abs($0.outputs.voltage + 0.8 * $0.current))
      }
      #expect(worst.0 > 0 && worst.0 < 2e-9 && worst.1 < 1e-7 && worst.2 < 2e-9, "\(worst)")
    }
  }

  @Test("a voltage hold takes the current that, prescribed, gives that voltage")
  func holdIsConsistent() throws {
    let held = try solver(mesh: .standard, tolerance: 1e-7, stateOfCharge: 0.7)
    var knots: [(time: Double, current: Double)] = []
    try held.apply(.voltage(4.05), ambient: 298.15)
    knots.append((0, try held.row().current))
    let times = (1..<3000).map { Double($0) * 0.2 }
    _ = try held.run(for: 600, stops: [], outputTimes: times) {
      knots.append(($0.time, $0.current))
    }
    let driven = try solver(mesh: .standard, stateOfCharge: 0.7)
    var worst = 0.0
    for k in 1..<knots.count {
      _ = try run(
        driven, .ramp(from: knots[k - 1].current, to: knots[k].current),
        knots[k].time - knots[k - 1].time)
      if knots[k].time > 5 {
        worst = max(worst, abs(try driven.row().outputs.voltage - 4.05))
      }
    }
    #expect(worst < 3e-5, "\(worst)")
  }

  @Test("stops are met to 1 ms: the same runs at a tolerance a thousand times tighter")
  func stops() throws {
    let stops: [(CellControl, StopCondition)] = [
      (.current(-8), StopCondition(.voltage, .atMost, 3.4)),
      (.current(7), StopCondition(.negativePotentialAtSeparator, .atMost, 0.05)),
      (.current(-6), StopCondition(.negativeSurfaceStoichiometry, .atMost, 0.3)),
      (.current(5), StopCondition(.positiveSurfaceStoichiometry, .atMost, 0.4)),
      (.current(-4), StopCondition(.chargeMoved, .atLeast, 0.5)),
      (.current(4), StopCondition(.stateOfCharge, .atLeast, 0.61)),
      (.ramp(from: 0, to: 6), StopCondition(.current, .atLeast, 1.7)),
      (.voltage(4.0), StopCondition(.currentMagnitude, .atMost, 3)),
      (.current(-9), StopCondition(.temperature, .atLeast, 299.5)),
    ]
    for (control, stop) in stops {
      var ends: [Double] = []
      for tolerance in [1e-6, 1e-9] {
        let solver = try solver(thermal: .lumped, tolerance: tolerance)
        #expect(try run(solver, control, 3000, [stop]) == .stop(0), "\(stop)")
        ends.append(try solver.row().time)
        // Met now, so the same run again takes no time; charge counts from the run's start.
        if stop.quantity == .chargeMoved { continue }
        #expect(try run(solver, .current(try solver.row().current), 10, [stop]) == .stop(0))
        #expect(try solver.row().time == ends.last)
      }
      // A voltage error of 20 uV moves a stop by itself; only the search must be exact to 1 ms.
      #expect(abs(ends[0] - ends[1]) < 0.05, "\(stop) \(ends)")
    }
    let exact = try solver()
    _ = try run(exact, .current(-4), 3000, [StopCondition(.chargeMoved, .atLeast, 0.5)])
    #expect(abs(try exact.row().time - 450) < 1e-3)
  }

  @Test("the first of several stops ends the run")
  func firstStop() throws {
    let solver = try solver()
    let end = try run(
      solver, .current(-4), 3000,
      [StopCondition(.chargeMoved, .atLeast, 0.5), StopCondition(.chargeMoved, .atLeast, 0.4999)])
    #expect(end == .stop(1))
    #expect(abs(try solver.row().time - 449.91) < 1e-3)
  }

  @Test("SPMe becomes SPM as the current goes to zero: the difference falls with it")
  func smallCurrents() throws {
    let differences = try [0.5, 0.05, 0.005].map { current -> Double in
      var volts: [Double] = []
      for model in SingleParticleModel.allCases {
        let solver = try solver(model, tolerance: 1e-8)
        _ = try run(solver, .current(-current), 600)
        volts.append(try solver.row().outputs.voltage)
      }
      return abs(volts[0] - volts[1])
    }
    #expect(differences[0] / differences[1] > 9.5 && differences[0] / differences[1] < 10.5)
    #expect(differences[1] / differences[2] > 9.5 && differences[1] / differences[2] < 10.5)
    #expect(differences[0] > 1e-4)
  }

  @Test("the error follows the tolerance")
  func tolerance() throws {
    func voltages(_ tolerance: Double) throws -> [Double] {
      let solver = try solver(thermal: .lumped, tolerance: tolerance, stateOfCharge: 0.95)
      var rows: [Double] = []
      try solver.apply(.current(-7), ambient: 298.15)
      _ = try solver.run(
        for: 1500, stops: [], outputTimes: (1...140).map { 10 * Double($0) }
      ) { rows.append($0.outputs.voltage) }
      return rows
    }
    let limit = try voltages(1e-9)
    let errors = try [1e-4, 1e-5, 1e-6, 1e-7].map { tolerance in
      zip(try voltages(tolerance), limit).map { abs($0 - $1) }.max() ?? 0
    }
    #expect(errors[2] < 2e-5, "\(errors)")
    // An order of 3 with steps chosen by an estimate of that order: error goes as tolerance.
    #expect(errors[0] / errors[3] > 50, "\(errors)")
  }

  @Test("rows between steps are as good as rows at steps")
  func denseOutput() throws {
    let dense = try solver(mesh: .standard, stateOfCharge: 0.9)
    let times = (1..<700).map { Double($0) * 1.3 }
    var rows: [SolverRow] = []
    try dense.apply(.current(-5), ambient: 298.15)
    _ = try dense.run(for: 1000, stops: [], outputTimes: times) { rows.append($0) }
    let fine = try solver(mesh: .standard, tolerance: 1e-9, stateOfCharge: 0.9)
    try fine.apply(.current(-5), ambient: 298.15)
    var k = 0
    var worst = 0.0
    _ = try fine.run(for: 1000, stops: [], outputTimes: times) {
      if $0.time > 1 { worst = max(worst, abs($0.outputs.voltage - rows[k].outputs.voltage)) }
      #expect(abs($0.netCapacity - rows[k].netCapacity) < 1e-12)
      k += 1
    }
    #expect(k == rows.count && k == times.filter { $0 < 1000 }.count)
    #expect(worst < 5e-5, "\(worst)")
  }

  @Test("a drive cycle takes about one step a knot")
  func driveCycle() throws {
    let solver = try solver(mesh: .standard, stateOfCharge: 0.7)
    var stream = RandomStream(seed: 5)
    var (level, current) = (0.0, 0.0)
    for _ in 0..<600 {
      level = 0.9 * level + 0.3 * stream.gaussian()
      let next = -5 * min(max(0.3 + level, -1.5), 1.5)
      _ = try run(solver, .ramp(from: current, to: next), 1)
      current = next
    }
    #expect(solver.statistics.steps < 620, "\(solver.statistics)")
  }
}
