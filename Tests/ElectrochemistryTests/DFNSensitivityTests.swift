import Electrochemistry
import Kernels
import Profiles
import Testing

/// Derivatives of a DFN's voltage and separator potential against central differences of whole
/// runs, extrapolated over two steps of the parameter.
struct DFNSensitivityTests {
  static let mesh = DFNMesh(shells: 10, stretch: 2.5, electrode: 8, grading: 0, separator: 4)
  static let times = [0.0, 10, 100, 500, 600, 700, 900, 1000, 1300]
  static let start = (negative: 0.75, positive: 0.36)

  static let directions: [SensitivityDirection] = [
    .parameter(.negativeDiffusivity), .parameter(.positiveReactionRateConstant),
    .parameter(.electrolyteDiffusivity), .parameter(.electrolyteConductivity),
    .parameter(.negativeThickness), .parameter(.positivePorosity), .parameter(.electrodeArea),
    .parameter(.separatorThickness), .stateOfCharge, .negativeStoichiometry, .current,
  ]

  /// A discharge, a rest after a jump, and a ramp; voltage and separator potential at `times`, at a jump
  /// just after it.
  private func run(
    _ cell: CellParameters, _ start: (negative: Double, positive: Double), added: Double
  ) throws -> [(voltage: Double, separator: Double)] {
    let solver = DFNSolver(cell, size: Self.mesh, thermal: .isothermal, relativeTolerance: 1e-9)
    try solver.start(
      negativeStoichiometry: start.negative, positiveStoichiometry: start.positive,
      temperature: 298.15)
    var rows: [SolverRow] = []
    for (from, to, duration) in [(-5.0, -5.0, 600.0), (0, 0, 300), (-5, -3, 400)] {
      try solver.apply(.ramp(from: from + added, to: to + added), ambient: 298.15)
      rows.append(try solver.row())
      _ = try solver.run(for: duration, stops: [], outputTimes: Self.times) { rows.append($0) }
    }
    rows.append(try solver.row())
    return rows.map { ($0.outputs.voltage, $0.outputs.negativePotentialAtSeparator) }
  }

  private func moved(
    _ cell: CellParameters, _ direction: SensitivityDirection, by e: Double
  ) throws -> [(voltage: Double, separator: Double)] {
    var (start, added) = (Self.start, 0.0)
    var cell = cell
    switch direction {
    case .parameter(let name): cell = cell.scaled([name: Double.exponential(e)])
    case .negativeStoichiometry: start.negative += e
    case .positiveStoichiometry: start.positive += e
    case .stateOfCharge:
      start.negative +=
        e * (cell.negative.maximumStoichiometry - cell.negative.minimumStoichiometry)
      start.positive -=
        e * (cell.positive.maximumStoichiometry - cell.positive.minimumStoichiometry)
    case .current: added = e
    }
    return try run(cell, start, added: added)
  }

  @Test("every direction, through a jump, a rest and a ramp")
  func againstDifferences() throws {
    let cell = try Fixtures.chen2020()
    let sensitivities = DFNSensitivities(
      cell, size: Self.mesh, directions: Self.directions, relativeTolerance: 1e-7)
    let found = try sensitivities.solve(
      negativeStoichiometry: Self.start.negative, positiveStoichiometry: Self.start.positive,
      times: [0, 600, 600, 900, 900, 1300], currents: [-5, -5, 0, 0, -5, -3],
      outputTimes: Self.times, ambient: 298.15)
    let count = Self.directions.count
    for (k, direction) in Self.directions.enumerated() {
      let e = 2e-3
      let (a, b) = (try moved(cell, direction, by: e), try moved(cell, direction, by: -e))
      let (c, d) = (try moved(cell, direction, by: 2 * e), try moved(cell, direction, by: -2 * e))
      func slope(_ value: KeyPath<(voltage: Double, separator: Double), Double>, _ i: Int) -> Double
      {
        let near = (a[i][keyPath: value] - b[i][keyPath: value]) / (2 * e)
        let far = (c[i][keyPath: value] - d[i][keyPath: value]) / (4 * e)
        return near + (near - far) / 3
      }
      for (value, derivatives) in [
        (\(voltage: Double, separator: Double).voltage, found.derivatives),
        (\.separator, found.separatorDerivatives),
      ] {
        let wanted = Self.times.indices.map { slope(value, $0) }
        let largest = wanted.map(\.magnitude).max() ?? 0
        for i in Self.times.indices {
          // Both sides choose their steps: what is left is their time error over 2 e.
          #expect(
            (derivatives[i * count + k] - wanted[i]).magnitude <= 1e-5 * largest + 2e-6,
            "\(direction) at \(Self.times[i]) s: \(derivatives[i * count + k]), wanted \(wanted[i])"
          )
        }
      }
    }
  }

  @Test("lumped heat is refused, not ignored")
  func lumpedIsRefused() throws {
    let cell = try Fixtures.chen2020()
    #expect(throws: ModelError.self) {
      try DFNSensitivities(cell, mesh: .coarse, thermal: .lumped, directions: [.current])
    }
  }
}
