import Electrochemistry
import Foundation
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
        *Heat*: C (T - T0) against the integral of all heat less cooling over a discharge, a rest \
        and a charge, by Simpson's rule on rows: the figure is that of the rule and of the rows \
        within steps; the steps themselves add heat and temperature alike.
        """,
      rows: rows)
  }

  enum Model: String, CaseIterable { case spm = "SPM", spme = "SPMe", dfn = "DFN" }

  /// A solver with its contents.
  private static func make(
    _ cell: CellParameters, _ model: Model
  ) throws -> (solver: any CellSolver, contents: () -> CellContents) {
    if model == .dfn {
      let solver = DFNSolver(
        cell, size: SPMe.MeshName.coarse.dfn, thermal: .lumped, relativeTolerance: 2e-5)
      return (solver, { solver.contents })
    }
    let solver = try SingleParticleSolver(
      cell, model: model == .spm ? .spm : .spme, mesh: .coarse, thermal: .lumped)
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
    let (solver, contents) = try make(cell, model)
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
}
