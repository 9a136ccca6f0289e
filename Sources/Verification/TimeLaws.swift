import Electrochemistry
import Foundation
import Quantities

/// The methods that advance time.
enum TimeLaws {
  static func section(_ cell: CellParameters) throws -> VerificationSection {
    VerificationSection(
      title: "Time",
      introduction: """
        Conditions of the methods' coefficients up to their order (E. Hairer, G. Wanner, Solving \
        Ordinary Differential Equations II, IV.7; DFN: C. A. Kennedy, M. H. Carpenter, Appl. Numer. \
        Math. 44 (2003) 139; SPMe: J. Rang, L. Angermann, BIT 45 (2005) 761), then steps of fixed \
        length on a lumped cell discharged at 1C, voltage and temperature (a kelvin as a millivolt) \
        at 300 s against the limit of small steps; then the tolerance: a step's error is estimated, so the whole error \
        should fall in proportion. The SPMe's fixed step takes its heat at the temperature of the step's \
        start, hence order 1 with a small constant when it is lumped. *Heating*: all heat from a contact resistance (10 MOhm at 0.1 \
        mA), so that C T' = R I^2 - h A (T - T0) has an exponential for solution.
        """,
      rows: [
        diagonallyImplicitConditions, rosenbrockConditions, try fixedDFN(cell), try fixedSPMe(cell),
        try fixedTwinDFN(cell), try fixedTwinSPMe(cell, .isothermal),
        try fixedTwinSPMe(cell, .lumped), try heatingDFN(cell),
        try heatingSPMe(cell), try tolerance(cell, isDFN: true), try tolerance(cell, isDFN: false),
      ])
  }

  // MARK: Coefficients

  private static var diagonallyImplicitConditions: VerificationRow {
    let m = DiagonallyImplicitMethod.fourthOrder
    let s = m.count
    func apply(_ v: [Double]) -> [Double] {
      (0..<s).map { i in (0..<s).reduce(0) { $0 + m.a[i * s + $1] * v[$1] } }
    }
    let b = Array(m.a[((s - 1) * s)...])
    func dot(_ v: [Double]) -> Double { zip(b, v).reduce(0) { $0 + $1.0 * $1.1 } }
    let c = m.c
    func times(_ u: [Double], _ v: [Double]) -> [Double] { zip(u, v).map { $0 * $1 } }
    let one = [Double](repeating: 1, count: s)
    let (c2, ac) = (times(c, c), apply(c))
    let conditions = [
      dot(one) - 1, dot(c) - 1.0 / 2, dot(c2) - 1.0 / 3, dot(ac) - 1.0 / 6,
      dot(times(c2, c)) - 1.0 / 4, dot(times(c, ac)) - 1.0 / 8, dot(apply(c2)) - 1.0 / 12,
      dot(apply(ac)) - 1.0 / 24,
    ]
    let rows = zip(apply(one), c).map { $0 - $1 }
    let stages = zip(ac, c2).dropFirst().map { $0 - 0.5 * $1 }
    return VerificationRow(
      "ESDIRK4 conditions", "order 4 and stage order 2 of the DFN's method",
      (conditions + rows + stages).reduce(0) { max($0, abs($1)) }, atMost: 1e-13)
  }

  private static var rosenbrockConditions: VerificationRow {
    typealias T = RosenbrockTableau
    // One step on w' = z w with A the exact derivative: R(z) = exp(z) + O(z^4); with A = 0:
    // 1 + z + z^2/2 + z^3/6 as a W-method's. The error of order 4 falls sixteenfold as z halves.
    func step(_ z: Double, _ matrix: Double) -> Double {
      func solve(_ f: Double) -> Double { f / (1 / T.gamma - matrix) }
      let u1 = solve(z)
      let u2 = solve(z * (1 + T.a21 * u1) + T.c21 * u1)
      let u3 = solve(z * (1 + T.a31 * u1 + T.a32 * u2) + T.c31 * u1 + T.c32 * u2)
      let last = 1 + T.m[0] * u1 + T.m[1] * u2 + T.m[2] * u3
      return last + solve(z * last + T.c41 * u1 + T.c42 * u2 + T.c43 * u3)
    }
    var worst = Double.infinity
    for share in [1, 0.0, 0.5] {
      func error(_ z: Double) -> Double { abs(step(z, share * z) - exp(z)) }
      worst = min(worst, log2(error(0.02) / error(0.01)))
    }
    return VerificationRow(
      "ROS34PW2 conditions", "order 3 with the exact, half and no matrix: local error's order",
      worst, within: 3.8...4.2, theory: "4")
  }

  // MARK: Fixed steps

  /// 60 s in steps that grow: the first instants after the jump are the same for all.
  private static let growing = (0..<40).map { 60 * 0.2 / (pow(1.2, 40) - 1) * pow(1.2, Double($0)) }

  private static func rested(_ solver: some CellSolver, _ cell: CellParameters) throws {
    try solver.start(
      negativeStoichiometry: 0.8, positiveStoichiometry: 0.35,
      temperature: cell.referenceTemperature)
  }

  private static func observed(_ solver: some CellSolver) throws -> [Double] {
    let y = try solver.row().outputs
    // A kelvin is worth a millivolt.
    return [y.voltage, 1e-3 * y.temperature]
  }

  private static func study(
    _ sizes: [Int], _ value: (Int) throws -> [Double]
  ) rethrows -> OrderStudy {
    guard let finest = sizes.last else { return OrderStudy([]) { _ in 0 } }
    let limit = try value(4 * finest)
    return try OrderStudy(sizes) { size in
      zip(try value(size), limit).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
  }

  static let small = DFNMesh(shells: 10, stretch: 2, electrode: 8, grading: 0, separator: 4)

  private static func fixedDFN(_ cell: CellParameters) throws -> VerificationRow {
    let solver = DFNSolver(cell, size: small, thermal: .lumped, relativeTolerance: 1e-10)
    return try study([10, 20, 40]) { steps in
      try rested(solver, cell)
      try solver.apply(.current(-cell.nominalCapacity.value), ambient: cell.referenceTemperature)
      for h in growing { try solver.advanceFixed(h) }
      for _ in 0..<steps { try solver.advanceFixed(240 / Double(steps)) }
      return try observed(solver)
    }.row("ESDIRK4, DFN", "fixed steps, 60 s to 300 s at 1C", theory: 4, slack: 0.5, unit: "V")
  }

  private static func fixedSPMe(_ cell: CellParameters) throws -> VerificationRow {
    let size = SPMe.MeshSize(shells: 10, stretch: 2, negative: 8, separator: 4, positive: 8)
    let model = SPMe(cell, size: size, thermal: .lumped, longestSubstep: 1)
    let solver = try SingleParticleSolver(model, relativeTolerance: 1e-6)
    let current = -cell.nominalCapacity.value
    return try study([40, 80, 160]) { steps in
      try rested(solver, cell)
      try solver.apply(.current(current), ambient: cell.referenceTemperature)
      for h in growing { try solver.advanceFixed(h, current: current) }
      for _ in 0..<steps { try solver.advanceFixed(240 / Double(steps), current: current) }
      return try observed(solver)
    }.row("ROS34PW2, SPMe", "fixed steps, 60 s to 300 s at 1C", theory: 3, slack: 0.5, unit: "V")
  }

  private static func fixedTwinDFN(_ cell: CellParameters) throws -> VerificationRow {
    let solver = DFNSolver(cell, size: small, thermal: .lumped, relativeTolerance: 1e-10)
    let (current, ambient) = (-cell.nominalCapacity.value, cell.referenceTemperature)
    return try study([20, 40, 80]) { steps in
      try rested(solver, cell)
      for h in growing { try solver.step(current: current, ambient: ambient, duration: h) }
      for _ in 0..<steps {
        try solver.step(current: current, ambient: ambient, duration: 240 / Double(steps))
      }
      return try observed(solver)
    }.row(
      "a twin's step, DFN", "SDIRK2 steps, 60 s to 300 s at 1C", theory: 2, slack: 0.5, unit: "V")
  }

  private static func fixedTwinSPMe(
    _ cell: CellParameters, _ thermal: SPMe.Thermal
  ) throws -> VerificationRow {
    let (current, ambient) = (-cell.nominalCapacity.value, cell.referenceTemperature)
    let size = SPMe.MeshSize(shells: 10, stretch: 2, negative: 8, separator: 4, positive: 8)
    return try study([20, 40, 80]) { steps in
      let model = SPMe(cell, size: size, thermal: thermal, longestSubstep: 1000)
      let workspace = model.makeWorkspace()
      var x = model.rest(
        negativeStoichiometry: 0.8, positiveStoichiometry: 0.35, temperature: ambient)
      for h in growing + Array(repeating: 240 / Double(steps), count: steps) {
        try model.step(&x, current: current, ambient: ambient, duration: h, workspace: workspace)
      }
      let y = try model.outputs(x, current: current, ambient: ambient)
      return [y.voltage, 1e-3 * y.temperature]
    }.row(
      "a twin's step, SPMe, \(thermal.rawValue)", "ROS2 steps, 60 s to 300 s at 1C",
      theory: thermal == .isothermal ? 2 : 1, slack: 0.5, unit: "V")
  }

  // MARK: Heat

  /// All heat from the contact; a time constant of 100 s and a rise of 10 K.
  private static func heated(_ cell: CellParameters) -> CellParameters {
    var cell = cell
    cell.contactResistance = 1e7
    cell.coolingArea = 0.01
    cell.heatTransferCoefficient = 1
    cell.heatCapacity = 1
    return cell
  }
  private static let (heatingCurrent, heatingTime) = (-1e-4, 200.0)
  private static let exactRise = 10 * (1 - exp(-2.0))

  private static func heatingDFN(_ cell: CellParameters) throws -> VerificationRow {
    let cell = heated(cell)
    let solver = DFNSolver(cell, size: small, thermal: .lumped, relativeTolerance: 1e-10)
    return try OrderStudy([4, 8, 16]) { steps in
      try rested(solver, cell)
      try solver.apply(.current(heatingCurrent), ambient: cell.referenceTemperature)
      for _ in 0..<steps { try solver.advanceFixed(heatingTime / Double(steps)) }
      let rise = try solver.row().outputs.temperature - cell.referenceTemperature
      return abs(rise / exactRise - 1)
    }.row(
      "heating, DFN", "exponential approach to the balance of heat and cooling", theory: 4,
      slack: 0.4)
  }

  private static func heatingSPMe(_ cell: CellParameters) throws -> VerificationRow {
    let cell = heated(cell)
    let size = SPMe.MeshSize(shells: 10, stretch: 2, negative: 8, separator: 4, positive: 8)
    let solver = try SingleParticleSolver(
      SPMe(cell, size: size, thermal: .lumped, longestSubstep: 1), relativeTolerance: 1e-6)
    return try OrderStudy([8, 16, 32]) { steps in
      try rested(solver, cell)
      try solver.apply(.current(heatingCurrent), ambient: cell.referenceTemperature)
      for _ in 0..<steps {
        try solver.advanceFixed(heatingTime / Double(steps), current: heatingCurrent)
      }
      let rise = try solver.row().outputs.temperature - cell.referenceTemperature
      return abs(rise / exactRise - 1)
    }.row(
      "heating, SPMe", "exponential approach to the balance of heat and cooling", theory: 3,
      slack: 0.4)
  }

  // MARK: Tolerance

  private static func tolerance(_ cell: CellParameters, isDFN: Bool) throws -> VerificationRow {
    let times = [10.0, 100, 600, 1500]
    func voltages(_ tolerance: Double) throws -> [Double] {
      let solver: any CellSolver =
        isDFN
        ? DFNSolver(cell, size: small, thermal: .lumped, relativeTolerance: tolerance)
        : try SingleParticleSolver(
          cell, model: .spme, mesh: .coarse, thermal: .lumped, relativeTolerance: tolerance)
      try rested(solver, cell)
      try solver.apply(.current(-cell.nominalCapacity.value), ambient: cell.referenceTemperature)
      var found: [Double] = []
      _ = try solver.run(for: 1600, stops: [], outputTimes: times) {
        found.append($0.outputs.voltage)
      }
      return found
    }
    let base = isDFN ? 3e-4 : 1e-4
    let limit = try voltages(isDFN ? 1e-9 : 1e-9)
    // "Sizes" are reciprocal tolerances: the error's order in them is 1.
    let study = try OrderStudy([1, 10, 100]) { size in
      zip(try voltages(base / Double(size)), limit).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
    let slope = log(study.errors[0] / study.errors[2]) / log(100)
    let list = study.errors.map { String(format: "%.1e", $0) }.joined(separator: ", ")
    return VerificationRow(
      "tolerance, \(isDFN ? "DFN" : "SPMe")",
      "error of the voltage over a hundredfold of tolerance: its power", slope, within: 0.6...1.4,
      theory: "1", detail: "errors \(list) V at \(base) and tenths of it")
  }
}
