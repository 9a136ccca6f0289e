import Electrochemistry
import Foundation
import Kernels
import Quantities

extension BalanceLaws {
  static func energy(_ cell: CellParameters) throws -> [VerificationRow] {
    // An entropic coefficient and a contact make every kind of heat differ from zero.
    var cell = cell
    cell.contactResistance = 0.01
    cell.negative.entropicChange = ParameterFunction(
      try PiecewiseCubic(
        spline: { ($0 - 0.5) * 2e-4 }, over: 0...1, errorBound: 1e-12))
    let power = try OrderStudy([16, 32, 64]) { cells in
      try powerMismatch(
        cell,
        mesh: DFNMesh(shells: 10, stretch: 2, electrode: cells, grading: 0, separator: cells / 4))
    }
    return [
      VerificationRow(
        "power, SPMe", "I V = heats + stored, largest mismatch over largest power",
        try powerMismatch(cell), atMost: 1e-8),
      power.row("power, DFN", "the same, by cells in x", theory: 2),
      try heat(cell, .spme), try heat(cell, .dfn),
    ]
  }

  private static func powerMismatch(_ cell: CellParameters) throws -> Double {
    let solver = try SingleParticleSolver(
      cell, model: .spme, mesh: .coarse, thermal: .lumped)
    var (worst, largest) = (0.0, 0.0)
    func potential(_ e: ElectrodeParameters, _ x: Double, _ temperature: Double) -> Double {
      e.openCircuitPotential.curve.value(at: x) + e.openCircuitPotential.offset
        + e.entropicChange.curve.value(at: x) * e.entropicChange.factor
        * (temperature - cell.referenceTemperature)
    }
    try cycle(cell, solver, rows: Array(stride(from: 10, to: 15_000, by: 50))) { row in
      let y = row.outputs
      let stored =
        row.current
        * (potential(cell.positive, y.positiveSurfaceStoichiometry, y.temperature)
          - potential(cell.negative, y.negativeSurfaceStoichiometry, y.temperature))
      let electrical = row.current * y.voltage
      largest = max(largest, abs(electrical))
      worst = max(worst, abs(electrical - stored - y.heatOhmic - y.heatIrreversible))
    }
    return worst / largest
  }

  private static func powerMismatch(_ cell: CellParameters, mesh: DFNMesh) throws -> Double {
    let solver = DFNSolver(cell, size: mesh, thermal: .lumped, relativeTolerance: 2e-5)
    try solver.start(
      negativeStoichiometry: cell.negative.maximumStoichiometry,
      positiveStoichiometry: cell.positive.minimumStoichiometry,
      temperature: cell.referenceTemperature)
    try solver.apply(.current(-cell.nominalCapacity.value), ambient: cell.referenceTemperature)
    var (worst, largest) = (0.0, 0.0)
    for _ in 0..<30 {
      _ = try solver.run(for: 100, stops: [], outputTimes: []) { _ in }
      let stored = try solver.storedPower()
      let row = try solver.row()
      let electrical = row.current * row.outputs.voltage
      largest = max(largest, abs(electrical))
      worst = max(
        worst,
        abs(electrical - stored - row.outputs.heatOhmic - row.outputs.heatIrreversible))
    }
    return worst / largest
  }

  /// The lumped balance from rows: pairs of equal intervals, Simpson's rule, finer after each
  /// switch by starting anew there.
  private static func heat(_ cell: CellParameters, _ model: Model) throws -> VerificationRow {
    let solver: any CellSolver =
      model == .dfn
      ? DFNSolver(
        cell, size: SPMe.MeshName.coarse.dfn, thermal: .lumped, relativeTolerance: 1e-7)
      : try SingleParticleSolver(
        cell, model: .spme, mesh: .coarse, thermal: .lumped, relativeTolerance: 1e-8)
    let cooling = cell.heatTransferCoefficient * cell.coolingArea
    let ambient = cell.referenceTemperature
    try solver.start(
      negativeStoichiometry: 0.85, positiveStoichiometry: 0.3, temperature: ambient)
    func net(_ row: SolverRow) -> Double {
      let y = row.outputs
      return y.heatOhmic + y.heatIrreversible + y.heatReversible
        - cooling * (y.temperature - ambient)
    }
    var (integral, through) = (0.0, 0.0)
    for current in [-cell.nominalCapacity.value, 0, cell.nominalCapacity.value] {
      try solver.apply(.current(current), ambient: ambient)
      let (start, length) = (try solver.row().time, 1200.0)
      // Times grow with the fourth power: the surface layers relax with the square root of time.
      let count = 400
      func moment(_ k: Int) -> Double { start + length * pow(Double(k) / Double(count), 4) }
      // Two halves of each interval.
      let inner = (0..<count).flatMap { k in
        let (a, b) = (moment(k), moment(k + 1))
        return k == 0 ? [0.5 * (a + b)] : [a, 0.5 * (a + b)]
      }
      var rows = [try solver.row()]
      _ = try solver.run(for: length, stops: [], outputTimes: inner) { rows.append($0) }
      rows.append(try solver.row())
      for k in stride(from: 0, to: rows.count - 2, by: 2) {
        let step = rows[k + 2].time - rows[k].time
        let part = step / 6 * (net(rows[k]) + 4 * net(rows[k + 1]) + net(rows[k + 2]))
        integral += part
        through += abs(part)
      }
    }
    let rise = cell.heatCapacity * (try solver.row().outputs.temperature - ambient)
    return VerificationRow(
      "heat, \(model.rawValue)", "C (T - T0) against the integral of heat less cooling",
      (rise - integral) / through, atMost: 1e-6)
  }
}
