import Electrochemistry
import Foundation
import Kernels
import Quantities

/// Models become each other at small currents.
enum AsymptoticLaws {
  static func section(_ cell: CellParameters) throws -> VerificationSection {
    VerificationSection(
      title: "Limits of small current",
      introduction: """
        Voltages after a tenth of the capacity at C/2, C/4, C/8 and C/16, particles and salt then in \
        step with the current. SPM leaves out the salt's gradient and the ohmic losses, both \
        proportional to the current. SPMe's next order is what the reaction's unevenness does, \
        proportional to its square (S. G. Marquis et al., J. Electrochem. Soc. 166 (2019) A3693, \
        sections 4 and 5). Open-circuit potentials are parabolas here, because a plateau lets the \
        reaction run uneven at any current, and all porosities are 0.3: where they differ, the SPMe of the \
        trajectories takes the conductivity at a concentration other than the rest's, which is an \
        error of first order in the current (decision in `SPMeCoefficients`).
        """,
      rows: try rows(cell))
  }

  private static func rows(_ original: CellParameters) throws -> [VerificationRow] {
    var cell = original
    cell.negative.porosity = 0.3
    cell.positive.porosity = 0.3
    cell.separator.porosity = 0.3
    // A potential with a plateau lets the reaction run uneven at any current.
    func bend(_ high: Double, _ fall: Double, _ square: Double) throws -> ParameterFunction {
      ParameterFunction(
        try PiecewiseCubic(
          spline: { $0 * ($0 * square - fall) + high }, over: 0...1, errorBound: 1e-12))
    }
    cell.negative.openCircuitPotential = try bend(0.6, 0.8, 0.3)
    cell.positive.openCircuitPotential = try bend(4.8, 1.4, 0.4)
    let divisors = [2, 4, 8, 16]
    var voltages: [[Double]] = []
    for divisor in divisors {
      let current = -cell.nominalCapacity.value / Double(divisor)
      let mesh = DFNMesh(shells: 16, stretch: 1.5, electrode: 64, grading: 0, separator: 32)
      let size = SPMe.MeshSize(
        shells: 16, stretch: 1.5, negative: 64, separator: 32, positive: 64)
      let solvers: [any CellSolver] = [
        try SingleParticleSolver(
          SPMe(cell, model: .spm, size: size, thermal: .isothermal, longestSubstep: 1),
          relativeTolerance: 1e-9),
        try SingleParticleSolver(
          SPMe(cell, size: size, thermal: .isothermal, longestSubstep: 1),
          relativeTolerance: 1e-9),
        DFNSolver(cell, size: mesh, thermal: .isothermal, relativeTolerance: 1e-8),
      ]
      voltages.append(
        try solvers.map { solver in
          try solver.start(
            negativeStoichiometry: 0.75, positiveStoichiometry: 0.4,
            temperature: cell.referenceTemperature)
          try solver.apply(.current(current), ambient: cell.referenceTemperature)
          _ = try solver.run(for: 360 * Double(divisor), stops: [], outputTimes: []) { _ in }
          return try solver.row().outputs.voltage
        })
    }
    func study(_ a: Int, _ b: Int) -> OrderStudy {
      OrderStudy(divisors) { divisor in
        guard let k = divisors.firstIndex(of: divisor) else { return .nan }
        return abs(voltages[k][a] - voltages[k][b])
      }
    }
    return [
      study(0, 1).row("SPMe to SPM", "difference of voltages", theory: 1, unit: "V"),
      study(1, 2).row("DFN to SPMe", "difference of voltages", theory: 2, slack: 0.35, unit: "V"),
    ]
  }
}
