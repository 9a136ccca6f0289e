public import Electrochemistry
import Kernels
import Quantities

/// How much lithium a cell's electrodes hold and share: what its open-circuit voltage follows from.
///
/// Per electrode area, with S the file's sites and a the active fractions:
/// n = S_n a_n x_n + S_p a_p x_p. So the positive stoichiometry follows from the negative one,
/// whatever current flowed, as long as no lithium is lost.
public struct CellBalance: Sendable {
  /// Temperature of capacity and scale, K.
  public static let temperature = 298.15

  let model: SPMe
  /// S_n a_n and S_p a_p, mol/m2.
  let sites: (negative: Double, positive: Double)
  /// n, mol/m2.
  let lithium: Double
  /// Of the open-circuit voltage, V.
  let offset: Double

  /// The balance of `cell` with these constants.
  ///
  /// - Parameter value: of a constant, in its unit; 0 is as in the file.
  public init(_ cell: CellParameters, value: (CellConstant) -> Double) {
    model = SPMe(cell, mesh: .coarse, thermal: .isothermal)
    func factor(_ name: ParameterName) -> Double { Double.exponential(value(.logFactor(name))) }
    sites = (
      cell.negative.sites * factor(.negativeActiveFraction),
      cell.positive.sites * factor(.positiveActiveFraction)
    )
    lithium = Self.fileLithium(cell) * Double.exponential(value(.logLithiumInventory))
    offset = value(.positiveOffset) - value(.negativeOffset)
  }

  /// Lithium in the electrodes of the file's cell at full charge, mol/m2.
  static func fileLithium(_ cell: CellParameters) -> Double {
    cell.negative.sites * cell.negative.maximumStoichiometry
      + cell.positive.sites * cell.positive.minimumStoichiometry
  }

  /// Positive stoichiometry that goes with a negative one.
  public func positiveStoichiometry(_ negative: Double) -> Double {
    (lithium - sites.negative * negative) / sites.positive
  }

  /// Of the rested cell, V, offsets included.
  public func openCircuitVoltage(_ negative: Double, temperature: Double = temperature) -> Double {
    model.openCircuitVoltage(
      negative: negative, positive: positiveStoichiometry(negative), temperature: temperature)
      + offset
  }

  /// Negative stoichiometry at which the rested cell has this voltage, V: the nearest there is.
  public func negativeStoichiometry(
    voltage: Double, temperature: Double = temperature
  ) -> Double {
    let edge = 1e-3
    var low = max(edge, (lithium - (1 - edge) * sites.positive) / sites.negative)
    var high = min(1 - edge, (lithium - edge * sites.positive) / sites.negative)
    // The voltage rises with charge; 50 halvings reach the last bits.
    for _ in 0..<50 {
      let middle = 0.5 * (low + high)
      if openCircuitVoltage(middle, temperature: temperature) > voltage {
        high = middle
      } else {
        low = middle
      }
    }
    return 0.5 * (low + high)
  }

  /// Negative stoichiometries at the file's lower and upper voltage cut-off, rested at 25 degC.
  public var window: (empty: Double, full: Double) {
    let cell = model.parameters
    return (
      negativeStoichiometry(voltage: cell.lowerVoltageCutoff.value),
      negativeStoichiometry(voltage: cell.upperVoltageCutoff.value)
    )
  }

  /// Charge between them, A h.
  public var capacity: Double {
    let cell = model.parameters
    let area = cell.electrodeArea * Double(cell.electrodePairs)
    let (empty, full) = window
    return (full - empty) * sites.negative * area * PhysicalConstants.faraday / 3600
  }
}
