import Electrochemistry
import Foundation
import Quantities

extension TimeLaws {
  /// 60 s in steps that grow: the first instants after the jump are the same for all.
  private static let growing = (0..<40).map { 60 * 0.2 / (pow(1.2, 40) - 1) * pow(1.2, Double($0)) }

  static func rested(_ solver: some CellSolver, _ cell: CellParameters) throws {
    try solver.start(
      negativeStoichiometry: 0.8, positiveStoichiometry: 0.35,
      temperature: cell.referenceTemperature)
  }

  static func observed(_ solver: some CellSolver) throws -> [Double] {
    let y = try solver.row().outputs
    // A kelvin is worth a millivolt.
    return [y.voltage, 1e-3 * y.temperature]
  }

  static func study(
    _ sizes: [Int], _ value: (Int) throws -> [Double]
  ) rethrows -> OrderStudy {
    guard let finest = sizes.last else { return OrderStudy([]) { _ in 0 } }
    let limit = try value(4 * finest)
    return try OrderStudy(sizes) { size in
      zip(try value(size), limit).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
  }

  static let small = DFNMesh(shells: 10, stretch: 2, electrode: 8, grading: 0, separator: 4)

  static func fixedDFN(_ cell: CellParameters) throws -> VerificationRow {
    let solver = DFNSolver(cell, size: small, thermal: .lumped, relativeTolerance: 1e-10)
    return try study([10, 20, 40]) { steps in
      try rested(solver, cell)
      try solver.apply(.current(-cell.nominalCapacity.value), ambient: cell.referenceTemperature)
      for h in growing { try solver.advanceFixed(h) }
      for _ in 0..<steps { try solver.advanceFixed(240 / Double(steps)) }
      return try observed(solver)
    }.row("ESDIRK4, DFN", "fixed steps, 60 s to 300 s at 1C", theory: 4, slack: 0.5, unit: "V")
  }

  static func fixedSPMe(_ cell: CellParameters) throws -> VerificationRow {
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

  static func fixedTwinDFN(_ cell: CellParameters) throws -> VerificationRow {
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

  static func fixedTwinSPMe(
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
}
