import Electrochemistry
import Kernels
import Profiles
import Testing

/// What a DFN must not lose, whatever the tolerance.
struct DFNConservationTests {
  @Test(
    "lithium follows the charge, and salt stays, to 1e-12 through a cycle, Newton converged or not",
    arguments: [1e-2, 2e-5, 1e-8], ["chen2020", "okane2022"])
  func balances(tolerance: Double, name: String) throws {
    let cell = try CellFile.load(Fixtures.path("profiles/cells/\(name).json"))
    let solver = try DFNFixture.solver(
      cell, thermal: .lumped, tolerance: tolerance, stateOfCharge: 0.9)
    let start = solver.contents
    let size = start.negativeLithium + start.positiveLithium
    let pieces: [(CellControl, Double, [StopCondition])] = [
      (.current(-5), 5000, [StopCondition(.voltage, .atMost, 3.0)]), (.current(0), 900, []),
      (.current(2.5), 9000, [StopCondition(.voltage, .atLeast, 4.1)]),
      (.voltage(4.1), 9000, [StopCondition(.currentMagnitude, .atMost, 0.25)]),
      (.power(-12), 400, []), (.resistance(0.7), 200, []), (.ramp(from: -3, to: 4), 60, []),
    ]
    for (control, duration, stops) in pieces {
      try DFNFixture.run(solver, control, duration, stops)
      let (now, moved) = (solver.contents, try solver.row().netCapacity)
      #expect(abs(now.negativeLithium - start.negativeLithium - moved) < 1e-12 * size, "\(control)")
      #expect(abs(now.positiveLithium - start.positiveLithium + moved) < 1e-12 * size, "\(control)")
      #expect(abs(now.salt / start.salt - 1) < 1e-12, "\(control)")
    }
    #expect(try solver.row().time > 5000)
  }

  @Test("without current a cell at rest keeps its state to rounding")
  func rest() throws {
    for thermal in SPMe.Thermal.allCases {
      let solver = try DFNFixture.solver(thermal: thermal, mesh: .standard)
      let before = solver.stageUnknowns
      try DFNFixture.run(solver, .current(0), 36_000)
      let drift = zip(solver.stageUnknowns, before).map { abs($0 - $1) / max(1, abs($1)) }.max()
      #expect(drift ?? 1 < 1e-13)
      let row = try solver.row()
      #expect(row.time == 36_000 && row.netCapacity == 0)
      #expect(abs(row.outputs.voltage - row.outputs.openCircuitVoltage) < 1e-12)
    }
  }

  @Test("heat is what the terminals lose: I V - reversible work of the surfaces, over a pulse")
  func energy() throws {
    // A particle's own gradient costs nothing in this model: only what the surfaces see counts.
    let cell = try Fixtures.chen2020().withContactResistance(0.01)
    for current in [5.0, -7] {
      var defects: [Double] = []
      for mesh in [SPMe.MeshName.coarse, .standard] {
        let solver = try DFNFixture.solver(cell, thermal: .lumped, mesh: mesh)
        try DFNFixture.run(solver, .current(current), 300)
        let y = try solver.row().outputs
        #expect(y.heatIrreversible > 0 && y.heatOhmic > 0)
        // Chen2020 has no entropy; the surfaces' mean potential is near that of their mean.
        let model = SPMe(cell, mesh: .coarse, thermal: .lumped)
        let surface = model.openCircuitVoltage(
          negative: y.negativeSurfaceStoichiometry, positive: y.positiveSurfaceStoichiometry,
          temperature: y.temperature)
        defects.append(
          abs(current * (y.voltage - surface) / (y.heatOhmic + y.heatIrreversible) - 1))
      }
      // What is left is the spread of the reaction over the electrode, not the mesh.
      #expect(defects[1] < 0.05, "\(defects)")
      #expect(abs(defects[0] - defects[1]) < 0.005, "\(defects)")
    }
  }

  @Test("swapped electrodes under the opposite current show the opposite voltage")
  func mirror() throws {
    let cell = try Fixtures.chen2020()
    var swapped = cell
    (swapped.negative, swapped.positive) = (cell.positive, cell.negative)
    let (one, other) = (
      DFNSolver(cell, mesh: .coarse, thermal: .lumped),
      DFNSolver(swapped, mesh: .coarse, thermal: .lumped)
    )
    try one.start(negativeStoichiometry: 0.45, positiveStoichiometry: 0.6, temperature: 298.15)
    try other.start(negativeStoichiometry: 0.6, positiveStoichiometry: 0.45, temperature: 298.15)
    for (current, duration) in [(-5.0, 300.0), (0, 60), (7, 200)] {
      try DFNFixture.run(one, .current(current), duration)
      try DFNFixture.run(other, .current(-current), duration)
      let (a, b) = (try one.row().outputs, try other.row().outputs)
      #expect(abs(a.voltage + b.voltage) < 1e-9, "\(current)")
      #expect(abs(a.temperature - b.temperature) < 1e-9)
      #expect(abs(a.negativeSurfaceStoichiometry - b.positiveSurfaceStoichiometry) < 1e-9)
      #expect(abs(a.electrolyteNegativeEnd - b.electrolytePositiveEnd) < 1e-6)
      #expect(abs(a.heatOhmic - b.heatOhmic) < 1e-9)
    }
  }

  @Test("two identical electrodes at one stoichiometry show no voltage but what the current makes")
  func symmetricCell() throws {
    var cell = try Fixtures.chen2020()
    cell.positive = cell.negative
    let solver = DFNSolver(cell, mesh: .coarse, thermal: .isothermal)
    try solver.start(negativeStoichiometry: 0.5, positiveStoichiometry: 0.5, temperature: 298.15)
    #expect(abs(try solver.row().outputs.voltage) < 1e-14)
    // Just after the jump only the reaction and the ohmic losses are there: odd in the current.
    try solver.apply(.current(3), ambient: 298.15)
    let up = try solver.row().outputs.voltage
    try solver.apply(.current(-3), ambient: 298.15)
    let down = try solver.row().outputs.voltage
    #expect(up > 0.01 && abs(up + down) < 1e-4 * up, "\(up) \(down)")
  }
}
