import Electrochemistry
import Foundation
import Kernels
import Quantities

/// Potentials of solid and electrolyte in the DFN.
enum PotentialLaws {
  static func section(_ cell: CellParameters) throws -> VerificationSection {
    VerificationSection(
      title: "Potentials",
      introduction: """
        *Small current*: even salt and linear kinetics have the closed form of J. Newman, C. W. \
        Tobias, J. Electrochem. Soc. 109 (1962) 1183; ionic currents at the cells' faces and the \
        voltage at the first instant. *Manufactured*: a smooth ionic current is chosen, Ohm's laws \
        are integrated, and every particle gets the surface stoichiometry that makes U + eta fit: \
        nonlinear kinetics, D(c), kappa(c) and salt gradients at 2C. The solver must find the \
        current, the voltage and the negative potential at the separator.
        """,
      rows: try smallCurrent(cell) + manufactured(cell))
  }

  private static func solver(_ cell: CellParameters, cells: Int) -> DFNSolver {
    DFNSolver(
      cell,
      size: DFNMesh(
        shells: 8, stretch: 1.5, electrode: cells, grading: 0, separator: max(cells / 4, 2)),
      thermal: .isothermal, relativeTolerance: 1e-9)
  }

  private static func smallCurrent(_ original: CellParameters) throws -> [VerificationRow] {
    var cell = original
    let conductivity = 0.9
    cell.electrolyte.conductivity = ParameterFunction(PiecewiseCubic(constant: conductivity))
    for side in [\CellParameters.negative, \CellParameters.positive] {
      cell[keyPath: side].openCircuitPotential = ParameterFunction(
        PiecewiseCubic(constant: side == \CellParameters.positive ? 4 : 0.1))
      cell[keyPath: side].diffusivity = ParameterFunction(PiecewiseCubic(constant: 1e-6))
      cell[keyPath: side].reactionRateConstant *= 5
    }
    // A solid that conducts no better than the pores makes the current leave at both ends.
    cell.negative.conductivity = 0.5
    let temperature = cell.referenceTemperature
    func form(_ p: ElectrodeParameters) -> ThinPorousElectrode {
      ThinPorousElectrode(
        thickness: p.thickness, solid: p.conductivity,
        ionic: p.transportEfficiency * conductivity,
        kinetics: ManufacturedElectrode.exchange(p, x: 0.5) * PhysicalConstants.faraday
          / (PhysicalConstants.gas * temperature))
    }
    let (n, p) = (form(cell.negative), form(cell.positive))
    let current = 1e-3 * cell.nominalCapacity.value
    let density = ElectrolyteLaws.density(cell, current)
    let voltage =
      3.9 + density
      * (n.resistance + p.resistance
        + cell.separator.thickness / (cell.separator.transportEfficiency * conductivity))
    func error(_ cells: Int, _ quantity: (DFNSolver) throws -> Double) throws -> Double {
      let solver = solver(cell, cells: cells)
      try solver.start(
        negativeStoichiometry: 0.5, positiveStoichiometry: 0.5, temperature: temperature)
      try solver.apply(.current(current), ambient: temperature)
      return try quantity(solver)
    }
    let sizes = [8, 16, 32, 64]
    return [
      try OrderStudy(sizes) { cells in
        try error(cells) { solver in
          let faces = solver.faceCurrents
          return faces.negative.indices.reduce(0) { worst, i in
            let s = Double(i + 1) / Double(cells)
            return max(
              worst, abs(faces.negative[i] / -density - n.ionicShare(s)),
              abs(faces.positive[i] / density - p.ionicShare(s)))
          }
        }
      }.row(
        "small current, faces", "current distribution of Newman and Tobias", theory: 2, unit: "I"),
      try OrderStudy(sizes) { cells in
        try error(cells) { abs((try $0.row().outputs.voltage - voltage) / (voltage - 3.9)) }
      }.row(
        "small current, voltage", "resistance of the cell at the first instant", theory: 2,
        unit: "R"),
    ]
  }

  private static func manufactured(_ cell: CellParameters) throws -> [VerificationRow] {
    let temperature = cell.referenceTemperature
    let current = -2 * cell.nominalCapacity.value
    let density = ElectrolyteLaws.density(cell, current)
    let salt = UniformReaction(cell, density: 0.5 * density)
    let electrolyte = cell.electrolyte
    let rest = electrolyte.initialConcentration
    func conductivity(_ level: Double) -> Double {
      electrolyte.conductivity.factor * electrolyte.conductivity.curve.value(at: rest * level)
    }
    let chi =
      2 * (1 - electrolyte.cationTransferenceNumber) * PhysicalConstants.gas * temperature
      / PhysicalConstants.faraday
    func electrode(
      _ p: ElectrodeParameters, _ total: Double, _ surface: Double,
      _ domain: UniformReaction.Domain
    ) -> ManufacturedElectrode {
      ManufacturedElectrode(
        p, total: total, surface: surface, chi: chi, temperature: temperature,
        salt: { salt.level(domain, $0) }, conductivity: conductivity)
    }
    let n = electrode(cell.negative, -density, 0.6, .negative)
    let p = electrode(cell.positive, density, 0.5, .positive)
    let separator =
      GaussPoints.integral(from: 0, to: 1, panels: 4) {
        1 / conductivity(salt.level(.separator, $0))
      } * cell.separator.thickness / cell.separator.transportEfficiency
    let voltage =
      p.drop - n.drop + density * separator
      + chi * log(salt.level(.positive, 1) / salt.level(.negative, 1))
      + current * cell.contactResistance
    func solved(_ cells: Int) throws -> DFNSolver {
      let solver = solver(cell, cells: cells)
      func centres(_ count: Int, _ value: (Double) -> Double) -> [Double] {
        (0..<count).map { value((Double($0) + 0.5) / Double(count)) }
      }
      solver.saltLevels = DFNSolver.Profile(
        negative: centres(cells) { salt.level(.negative, $0) },
        separator: centres(max(cells / 4, 2)) { salt.level(.separator, $0) },
        positive: centres(cells) { salt.level(.positive, $0) })
      let squares = solver.shells.squares
      func shells(_ e: ManufacturedElectrode) -> (Int, Int) -> Double {
        let places = centres(cells) { $0 }
        let surfaces = places.map(e.surface)
        return { e.shell(surface: surfaces[$0], places[$0], square: squares[$1]) }
      }
      solver.setShells(negative: shells(n), positive: shells(p))
      try solver.apply(.current(current), ambient: temperature)
      return solver
    }
    let sizes = [8, 16, 32, 64]
    let solvers = try sizes.map(solved)
    func study(_ error: (DFNSolver, Int) throws -> Double) rethrows -> OrderStudy {
      try OrderStudy(sizes) { size in
        guard let k = sizes.firstIndex(of: size) else { return .nan }
        return try error(solvers[k], size)
      }
    }
    return [
      study { solver, cells in
        let faces = solver.faceCurrents
        return faces.negative.indices.reduce(0) { worst, i in
          let exact = n.ionicShare(Double(i + 1) / Double(cells))
          return max(
            worst, abs(faces.negative[i] / -density - exact),
            abs(faces.positive[i] / density - exact))
        }
      }.row("manufactured, faces", "chosen current distribution at 2C", theory: 2, unit: "I"),
      try study { solver, _ in abs(try solver.row().outputs.voltage - voltage) }
        .row("manufactured, voltage", "terminal voltage of that state", theory: 2, unit: "V"),
      try study { solver, _ in
        abs(try solver.row().outputs.negativePotentialAtSeparator - n.difference(1))
      }.row("manufactured, separator", "phi_s - phi_e at the separator", theory: 2, unit: "V"),
    ]
  }
}
