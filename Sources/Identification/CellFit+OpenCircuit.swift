import Electrochemistry
import Kernels

extension CellFit {
  /// Value `k`'s bump when it stands on an open-circuit potential.
  func openCircuitBump(_ k: Int) -> FunctionCorrection? {
    guard case .correction(let bump) = modification.parameters[k].target else { return nil }
    switch bump.function {
    case .negativeOpenCircuitPotential, .positiveOpenCircuitPotential: return bump
    default: return nil
    }
  }

  /// Residuals' slopes along the height of an open-circuit bump, without a run of the record.
  ///
  /// No concentration depends on a potential while the current is given: dV/dh is the bump at the
  /// surface stoichiometry, and what the start moves by, because the rested voltage now tells
  /// another charge, times the slope along `charge`.
  func column(
    _ r: Int, _ run: RecordSimulation, _ bump: FunctionCorrection, _ model: SPMe, _ moved: SPMe,
    _ step: Double, _ charge: [Double], _ offset: Double
  ) -> [Double] {
    let isNegative = bump.function == .negativeOpenCircuitPotential
    let surfaces = isNegative ? run.negativeSurfaces : run.positiveSurfaces
    let here = RecordSimulation.start(records[r], model, stateOfChargeOffset: offset).negative
    let there = RecordSimulation.start(records[r], moved, stateOfChargeOffset: offset).negative
    let window =
      model.parameters.negative.maximumStoichiometry
      - model.parameters.negative.minimumStoichiometry
    let shift = (there - here) / window / step
    return charge.indices.map { i in
      guard i < surfaces.count, surfaces[i].isFinite else { return shift * charge[i] }
      let d = (surfaces[i] - bump.centre) / bump.width
      let height = Double.exponential(-d * d) / voltageSD(r, i)
      return shift * charge[i] + (isNegative ? -height : height)
    }
  }
}
