public import Electrochemistry
import Kernels
import Quantities

/// A base cell and the parameters of a fit; makes the cell that parameter values mean.
public struct CellModification: Sendable {
  /// What is changed.
  public let base: CellParameters
  /// By what.
  public let parameters: [FitParameter]

  /// A cell to be changed.
  public init(_ base: CellParameters, _ parameters: [FitParameter]) {
    self.base = base
    self.parameters = parameters
  }

  /// The cell at `values`, one for each parameter; its stoichiometry limits are where its
  /// open-circuit voltage meets the cut-offs.
  public func cell(_ values: [Double]) throws -> CellParameters {
    var cell = base
    var bumps: [FunctionCorrection.Function: [(FunctionCorrection, Double)]] = [:]
    var shift = 0.0
    for (parameter, value) in zip(parameters, values) {
      switch parameter.target {
      case .factor(let name): cell = cell.scaled([name: value.exponential])
      case .contactResistance: cell.contactResistance = 1e-3 * value.exponential
      case .activationEnergy(let name): cell[keyPath: name.path] += value
      case .balance: shift += value
      case .correction(let correction):
        bumps[correction.function, default: []].append((correction, value))
      }
    }
    for (function, bumps) in bumps { try cell.add(bumps, to: function) }
    // Lithium is counted at the file's full state: both electrodes keep that state's content.
    let full = (base.negative.maximumStoichiometry, base.positive.minimumStoichiometry + shift)
    try cell.balance(through: full)
    return cell
  }
}

extension Double {
  var exponential: Double { Double.exponential(self) }
}
