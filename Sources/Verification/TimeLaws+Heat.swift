import Electrochemistry
import Foundation
import Quantities

extension TimeLaws {
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

  static func heatingDFN(_ cell: CellParameters) throws -> VerificationRow {
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

  static func heatingSPMe(_ cell: CellParameters) throws -> VerificationRow {
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

  static func tolerance(_ cell: CellParameters, isDFN: Bool) throws -> VerificationRow {
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
