import Kernels
import Quantities

/// The curves and plain constants of a cell that no factor touches.
struct ModelFunctions: Sendable {
  let negative: Electrode
  let positive: Electrode
  let electrolyteDiffusivity: PiecewiseCubic
  /// Its integral over concentration: salt flows along the gradient of this (Kirchhoff).
  let electrolytePotential: PiecewiseCubic
  let electrolyteConductivity: PiecewiseCubic
  let electrodePairs: Double
  let coolingArea: Double
  let referenceTemperature: Double
  let initialConcentration: Double
  let currentBound: Double

  /// A class, so that handing one on copies one reference and not a dozen arrays.
  final class Electrode: Sendable {
    let diffusivity: PiecewiseCubic
    /// Its integral over stoichiometry: lithium flows along the gradient of this (Kirchhoff).
    let diffusionPotential: PiecewiseCubic
    let openCircuitPotential: PiecewiseCubic
    /// While the cell charges and discharges; the same curve when there are no branches.
    let chargePotential: PiecewiseCubic
    let dischargePotential: PiecewiseCubic
    let hasBranches: Bool
    let openCircuitOffset: Double
    let anodicTransferCoefficient: Double
    let cathodicTransferCoefficient: Double
    /// On charge its reaction is cathodic.
    let isNegative: Bool
    /// Both one half: asinh and square roots.
    let isSymmetric: Bool
    let entropicChange: PiecewiseCubic
    let minimumStoichiometry: Double
    let maximumStoichiometry: Double
    /// Where the open-circuit potential is defined.
    let range: ClosedRange<Double>

    init(
      _ electrode: ElectrodeParameters, isNegative: Bool, charge: ParameterFunction?,
      discharge: ParameterFunction?
    ) {
      diffusivity = electrode.diffusivity.curve.merged()
      diffusionPotential = ModelFunctions.integral(diffusivity)
      openCircuitPotential = electrode.openCircuitPotential.curve
      chargePotential = charge?.curve ?? openCircuitPotential
      dischargePotential = discharge?.curve ?? openCircuitPotential
      hasBranches = charge != nil || discharge != nil
      anodicTransferCoefficient = electrode.anodicTransferCoefficient
      cathodicTransferCoefficient = electrode.cathodicTransferCoefficient
      self.isNegative = isNegative
      isSymmetric = anodicTransferCoefficient == 0.5 && cathodicTransferCoefficient == 0.5
      openCircuitOffset = electrode.openCircuitPotential.offset
      entropicChange = electrode.entropicChange.curve
      minimumStoichiometry = electrode.minimumStoichiometry
      maximumStoichiometry = electrode.maximumStoichiometry
      // Where every branch is defined.
      var range = 0.0...1.0
      for curve in [openCircuitPotential, chargePotential, dischargePotential]
      where curve.constant == nil {
        range = range.clamped(to: curve.range)
      }
      self.range = range
    }
  }

  init(_ cell: CellParameters) {
    negative = Electrode(
      cell.negative, isNegative: true, charge: cell.negative.lithiationPotential,
      discharge: cell.negative.delithiationPotential)
    positive = Electrode(
      cell.positive, isNegative: false, charge: cell.positive.delithiationPotential,
      discharge: cell.positive.lithiationPotential)
    electrolyteDiffusivity = cell.electrolyte.diffusivity.curve.merged()
    electrolytePotential = Self.integral(electrolyteDiffusivity)
    electrolyteConductivity = cell.electrolyte.conductivity.curve
    electrodePairs = Double(cell.electrodePairs)
    coolingArea = cell.coolingArea
    referenceTemperature = cell.referenceTemperature
    initialConcentration = cell.electrolyte.initialConcentration
    // 100C: no cell survives it, and every formula still has digits there.
    currentBound = 100 * cell.nominalCapacity.value
  }

  /// To 1e-10 of what the curve's ends would span at its start's value.
  static func integral(_ curve: PiecewiseCubic) -> PiecewiseCubic {
    let span = curve.range.upperBound - curve.range.lowerBound
    let scale = max(
      curve.value(at: curve.range.lowerBound).magnitude,
      curve.value(at: curve.range.upperBound).magnitude)
    return curve.integral(errorBound: max(1e-10 * span * scale, .leastNormalMagnitude)).merged()
  }
}
