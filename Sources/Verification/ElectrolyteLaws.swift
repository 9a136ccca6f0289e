import Electrochemistry
import Foundation
import Kernels
import Quantities

/// Salt through electrodes and separator.
enum ElectrolyteLaws {
  static func section(_ cell: CellParameters) throws -> VerificationSection {
    VerificationSection(
      title: "Electrolyte",
      introduction: """
        Chen2020's salt, whose diffusivity falls fourfold from 1 to 2 M, with other porosities and \
        tortuosities in each layer. *Steady*: the profile under a uniform reaction at 1C, exact \
        through the Kirchhoff transform (J. Newman, K. E. Thomas-Alyea, Electrochemical Systems, \
        3rd ed., ch. 22). *Mode*: the slowest eigenfunction of the three layers at constant \
        diffusivity, which decays by a known exponential. *Moving*: the steady profile with an \
        amplitude that oscillates is kept exact by a source; the DFN's rates are integrated by the \
        classical Runge-Kutta method at its stability limit.
        """,
      rows: [
        try steadySPMe(cell), try mode(cell), try steadyDFN(cell), try moving(cell),
      ])
  }

  /// A current of 1C does not move these electrodes' stoichiometries.
  static func bottomless(_ cell: CellParameters) -> CellParameters {
    var cell = cell
    cell.negative.maximumConcentration *= 1e6
    cell.positive.maximumConcentration *= 1e6
    return cell
  }

  static func density(_ cell: CellParameters, _ current: Double) -> Double {
    current / (cell.electrodeArea * Double(cell.electrodePairs))
  }

  private static func model(_ cell: CellParameters, cells: Int, longest: Double) -> SPMe {
    SPMe(
      cell,
      size: SPMe.MeshSize(
        shells: 4, stretch: 1, negative: cells, separator: max(cells / 4, 2), positive: cells),
      thermal: .isothermal, longestSubstep: longest)
  }

  /// Largest difference over the layers of a model's salt, as c/c0.
  private static func difference(
    _ model: SPMe, _ x: [Double], cells: Int, _ means: (UniformReaction.Domain, Int) -> [Double]
  ) -> Double {
    let rest = model.parameters.electrolyte.initialConcentration
    let exact =
      means(.negative, cells) + means(.separator, max(cells / 4, 2))
      + means(.positive, cells).reversed()
    return zip(exact, x[model.layout.electrolyte]).reduce(0) {
      max($0, abs($1.0 - $1.1 / rest))
    }
  }

  private static func steadySPMe(_ cell: CellParameters) throws -> VerificationRow {
    let cell = bottomless(cell)
    let current = cell.nominalCapacity.value
    let exact = UniformReaction(cell, density: density(cell, current))
    return try OrderStudy([8, 16, 32, 64]) { cells in
      let model = model(cell, cells: cells, longest: 20)
      let workspace = model.makeWorkspace()
      var x = model.rest(stateOfCharge: 0.5, temperature: cell.referenceTemperature)
      try model.step(
        &x, current: current, ambient: cell.referenceTemperature, duration: 8000,
        workspace: workspace)
      return difference(model, x, cells: cells) { exact.means($0, $1) }
    }.row("steady, SPMe", "salt under a uniform reaction, D(c)", theory: 2, unit: "c0")
  }

  private static func mode(_ cell: CellParameters) throws -> VerificationRow {
    var cell = cell
    cell.electrolyte.diffusivity = ParameterFunction(PiecewiseCubic(constant: 3e-10))
    let mode = LayerMode(cell, diffusivity: 3e-10)
    let (amplitude, time) = (0.2, 20.0)
    return try OrderStudy([8, 16, 32]) { cells in
      let model = model(cell, cells: cells, longest: 0.05)
      let workspace = model.makeWorkspace()
      var x = model.rest(stateOfCharge: 0.5, temperature: cell.referenceTemperature)
      let rest = cell.electrolyte.initialConcentration
      func means(_ domain: UniformReaction.Domain, _ count: Int, _ a: Double) -> [Double] {
        GaussPoints.means(count) { 1 + a * mode.value(domain, $0) }
      }
      let start =
        means(.negative, cells, amplitude) + means(.separator, max(cells / 4, 2), amplitude)
        + means(.positive, cells, amplitude).reversed()
      for (i, value) in zip(model.layout.electrolyte, start) { x[i] = value * rest }
      try model.step(
        &x, current: 0, ambient: cell.referenceTemperature, duration: time, workspace: workspace)
      let left = amplitude * exp(-mode.rate * time)
      return difference(model, x, cells: cells) { means($0, $1, left) } / left
    }.row("mode, SPMe", "the slowest mode of three layers decays exponentially", theory: 2)
  }

  private static func solver(_ cell: CellParameters, cells: Int) -> DFNSolver {
    DFNSolver(
      cell,
      size: DFNMesh(
        shells: 2, stretch: 1, electrode: cells, grading: 0, separator: max(cells / 4, 2)),
      thermal: .isothermal, relativeTolerance: 1e-6)
  }

  private static func profile(
    _ cells: Int, _ means: (UniformReaction.Domain, Int) -> [Double]
  ) -> DFNSolver.Profile {
    DFNSolver.Profile(
      negative: means(.negative, cells), separator: means(.separator, max(cells / 4, 2)),
      positive: means(.positive, cells))
  }

  /// The discrete steady state by Newton's method, its matrix by differences, three columns at
  /// once; the salt's total is kept by a step of finite length.
  private static func steadyDFN(_ cell: CellParameters) throws -> VerificationRow {
    let current = cell.nominalCapacity.value
    let exact = UniformReaction(cell, density: density(cell, current))
    return OrderStudy([8, 16, 32, 64]) { cells in
      let solver = solver(cell, cells: cells)
      let target = profile(cells) { exact.means($0, $1) }
      SaltColumn(solver, of: cell, current: current).settle()
      return zip(solver.saltLevels.all, target.all).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }.row("steady, DFN", "salt under a uniform reaction, D(c)", theory: 2, unit: "c0")
  }

  private static func moving(_ cell: CellParameters) throws -> VerificationRow {
    let full = cell.nominalCapacity.value
    let exact = UniformReaction(cell, density: density(cell, full))
    let (time, frequency) = (4.0, 2 * Double.pi / 8)
    func amplitude(_ t: Double) -> Double { 0.5 + 0.5 * sin(frequency * t) }
    func levels(_ cells: Int, _ t: Double) -> DFNSolver.Profile {
      profile(cells) { domain, count in
        GaussPoints.means(count) {
          exact.level(
            potential: exact.constant + exact.supply * amplitude(t) * exact.shape(domain, $0))
        }
      }
    }
    return OrderStudy([8, 16, 32]) { cells in
      let solver = solver(cell, cells: cells)
      solver.saltLevels = levels(cells, 0)
      let shape = profile(cells) { domain, count in
        GaussPoints.means(count) { exact.supply * exact.shape(domain, $0) }
      }
      SaltColumn(solver, of: cell, current: full).integrate(
        until: time, amplitude: amplitude,
        growth: { 0.5 * frequency * cos(frequency * $0) }, shape: shape)
      return zip(solver.saltLevels.all, levels(cells, time).all).reduce(0) {
        max($0, abs($1.0 - $1.1))
      }
    }.row(
      "moving, DFN", "manufactured salt that oscillates with the current, D(c)", theory: 2,
      unit: "c0")
  }
}
