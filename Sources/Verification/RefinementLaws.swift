import Electrochemistry
import Foundation
import Quantities

/// Whole models on ever finer meshes.
enum RefinementLaws {
  static func section(_ cell: CellParameters) throws -> VerificationSection {
    VerificationSection(
      title: "Grid refinement",
      introduction: """
        Voltage at 60, 600, 1800 and 3000 s of a 1C discharge: largest difference from one mesh to \
        the next finer one, through x (separator with a quarter of the cells) and through the \
        particles' shells apart. Time is integrated so finely that it does not show.
        """,
      rows: [
        try OrderStudy(differences: [8, 16, 32, 64, 128]) {
          try dfn(cell, cells: $0, shells: 16)
        }.row("DFN in x", "voltage, cells of each electrode", theory: 2, unit: "V"),
        try OrderStudy(differences: [10, 20, 40, 80]) {
          try dfn(cell, cells: 16, shells: $0)
        }.row("DFN in r", "voltage, shells of each particle", theory: 2, unit: "V"),
        try OrderStudy(differences: [8, 16, 32, 64, 128]) {
          try spme(cell, cells: $0, shells: 16)
        }.row("SPMe in x", "voltage, cells of each electrode", theory: 2, unit: "V"),
        try OrderStudy(differences: [10, 20, 40, 80]) {
          try spme(cell, cells: 16, shells: $0)
        }.row("SPMe in r", "voltage, shells of each particle", theory: 2, unit: "V"),
      ])
  }

  private static func dfn(
    _ cell: CellParameters, cells: Int, shells: Int
  ) throws -> [Double] {
    let mesh = DFNMesh(
      shells: shells, stretch: 2.5, electrode: cells, grading: 0, separator: cells / 4)
    return try voltages(
      cell, DFNSolver(cell, size: mesh, thermal: .isothermal, relativeTolerance: 1e-7))
  }

  private static func spme(
    _ cell: CellParameters, cells: Int, shells: Int
  ) throws -> [Double] {
    let size = SPMe.MeshSize(
      shells: shells, stretch: 2.5, negative: cells, separator: cells / 4, positive: cells)
    return try voltages(
      cell,
      SingleParticleSolver(
        SPMe(cell, size: size, thermal: .isothermal, longestSubstep: 1), relativeTolerance: 1e-8))
  }

  private static func voltages(
    _ cell: CellParameters, _ solver: any CellSolver
  ) throws -> [Double] {
    try solver.start(
      negativeStoichiometry: cell.negative.maximumStoichiometry,
      positiveStoichiometry: cell.positive.minimumStoichiometry,
      temperature: cell.referenceTemperature)
    try solver.apply(
      .current(-cell.nominalCapacity.value), ambient: cell.referenceTemperature)
    var found: [Double] = []
    _ = try solver.run(for: 3010, stops: [], outputTimes: [60, 600, 1800, 3000]) {
      found.append($0.outputs.voltage)
    }
    return found
  }
}
