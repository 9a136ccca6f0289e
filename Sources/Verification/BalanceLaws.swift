import Electrochemistry
import Foundation
import Kernels
import Quantities

/// What a full cycle may not create or destroy.
enum BalanceLaws {
  static func section(_ cell: CellParameters) throws -> VerificationSection {
    var rows: [VerificationRow] = []
    for model in Model.allCases { rows += try matter(cell, model) }
    rows += try energy(cell)
    return VerificationSection(
      title: "Balances over a full cycle",
      introduction: """
        Discharge at 1C to the lower cut-off, ten minutes of rest, charge at C/2 to the upper \
        cut-off and hold to C/20, with lumped heat. *Lithium*: of both electrodes together. *Charge \
        counter*: the charge counted against each electrode's change. *Salt*: in the pores. *Power*: \
        at each row, I V = ohmic and irreversible heat + the reactions' a F j U, which is exact for \
        the differential equations; SPMe meets it to rounding, the DFN to the second order in x at \
        which it takes the losses of the two end half cells of each electrode. The stored part is \
        read at the particles' surfaces: heat of mixing within them is not in these models' heat. \
        *Heat*: C (T - T0) against the integral of all heat less cooling, Simpson's rule on rows.
        """,
      rows: rows)
  }

  enum Model: String, CaseIterable { case spm = "SPM", spme = "SPMe", dfn = "DFN" }

  /// A solver with its contents.
  private static func make(
    _ cell: CellParameters, _ model: Model, _ thermal: SPMe.Thermal, mesh: DFNMesh? = nil
  ) throws -> (solver: any CellSolver, contents: () -> CellContents) {
    if model == .dfn {
      let solver = DFNSolver(
        cell, size: mesh ?? SPMe.MeshName.coarse.dfn, thermal: thermal, relativeTolerance: 2e-5)
      return (solver, { solver.contents })
    }
    let solver = try SingleParticleSolver(
      cell, model: model == .spm ? .spm : .spme, mesh: .coarse, thermal: thermal)
    return (solver, { solver.contents })
  }

  /// Runs the cycle; `each` is called after the start, at rows and after each step.
  static func cycle(
    _ cell: CellParameters, _ solver: any CellSolver, rows times: [Double] = [],
    _ each: (SolverRow) throws -> Void
  ) throws {
    let (rate, ambient) = (cell.nominalCapacity.value, cell.referenceTemperature)
    try solver.start(
      negativeStoichiometry: cell.negative.maximumStoichiometry,
      positiveStoichiometry: cell.positive.minimumStoichiometry, temperature: ambient)
    let steps: [(CellControl, Double, [StopCondition])] = [
      (.current(-rate), 7200, [StopCondition(.voltage, .atMost, cell.lowerVoltageCutoff.value)]),
      (.current(0), 600, []),
      (
        .current(0.5 * rate), 20_000,
        [StopCondition(.voltage, .atLeast, cell.upperVoltageCutoff.value)]
      ),
      (
        .voltage(cell.upperVoltageCutoff.value), 20_000,
        [StopCondition(.currentMagnitude, .atMost, 0.05 * rate)]
      ),
    ]
    for (control, longest, stops) in steps {
      try solver.apply(control, ambient: ambient)
      try each(solver.row())
      var inside: [SolverRow] = []
      _ = try solver.run(for: longest, stops: stops, outputTimes: times) { inside.append($0) }
      for row in inside { try each(row) }
      try each(solver.row())
    }
  }

  private static func matter(_ cell: CellParameters, _ model: Model) throws -> [VerificationRow] {
    let (solver, contents) = try make(cell, model, .lumped)
    try solver.start(
      negativeStoichiometry: cell.negative.maximumStoichiometry,
      positiveStoichiometry: cell.positive.minimumStoichiometry,
      temperature: cell.referenceTemperature)
    let start = contents()
    let total = start.negativeLithium + start.positiveLithium
    var (lithium, counter, salt) = (0.0, 0.0, 0.0)
    try cycle(cell, solver) { row in
      let now = contents()
      lithium = max(lithium, abs((now.negativeLithium + now.positiveLithium) / total - 1))
      counter = max(
        counter,
        abs(now.negativeLithium - start.negativeLithium - row.netCapacity) / total,
        abs(now.positiveLithium - start.positiveLithium + row.netCapacity) / total)
      if start.salt > 0 { salt = max(salt, abs(now.salt / start.salt - 1)) }
    }
    let name = model.rawValue
    var rows = [
      VerificationRow("lithium, \(name)", "both electrodes together", lithium, atMost: 1e-8),
      VerificationRow(
        "charge counter, \(name)", "charge counted against each electrode's lithium", counter,
        atMost: 1e-8),
    ]
    if start.salt > 0 {
      rows.append(VerificationRow("salt, \(name)", "in the pores", salt, atMost: 1e-8))
    }
    return rows
  }

  private static func energy(_ cell: CellParameters) throws -> [VerificationRow] {
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
      (rise - integral) / through, atMost: 1e-5)
  }
}
