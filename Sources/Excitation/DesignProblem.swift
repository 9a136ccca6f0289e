public import Electrochemistry
public import Identification
import Kernels
import Simulation

// Goals, in order: 1. no limit broken, by the prediction with its bands; 2. information that holds when the
// model is off: averaged over what is believed of the parameters, discounted by a discrepancy that lasts and
// by what the SPMe and the DFN disagree on; 3. as much of it as the time allows; 4. one minute for two hours.
// Oracle: Cramer-Rao bounds of an independent code's derivatives, and identifications of simulated cells.

/// What is to be identified, of which cell, on which bench, within which limits.
public struct DesignProblem: Sendable {
  /// As it is believed to be.
  public var cell: CellParameters
  /// As its file has it.
  public var reference: CellParameters
  /// To be identified.
  public var parameters: [IdentifiedParameter]
  /// What is believed of ln of their factors, row-major: for bands and for the cells that are averaged over.
  public var covariance: [Double]
  /// What may happen to the cell.
  public var limits: ExcitationLimits
  /// What the bench can do.
  public var timing: ActuationTiming
  /// Errors of the voltage at the bench's period.
  public var voltageErrors: ErrorModel
  /// Of the surface temperature; nil: it is not measured.
  public var temperatureErrors: ErrorModel?
  /// At the start, on the file's scale.
  public var stateOfCharge: Double
  /// What is not known of it.
  public var stateOfChargeSD: Double
  /// K.
  public var ambient: Double
  /// What is made small.
  public var criterion: DesignCriterion
  /// Of the excitation, s.
  public var duration: Double
  /// Which explains.
  public var model = RunModel(.spme, tolerance: 3e-4)
  /// Whether the information is discounted by what the models disagree on.
  public var trustsBothModelsOnly = true
  /// Cells that information is averaged over, the believed one among them.
  public var members = 3
  /// Standard deviations kept from every limit. An excitation is run as it was designed, without a word from the
  /// cell: at 2.6 one cell in two hundred passes a limit that the plan touches, at 2 one in forty would.
  public var safety = 2.6
  /// Excitations to be measured against on top of the library's: name and currents, repeated to fill the time.
  public var rivals: [(name: String, plan: ExcitationPlan)] = []
  /// Of the draws.
  public var seed: UInt64 = 1

  /// A problem; `covariance` as `belief(_:sd:)` makes it, or an asset's.
  public init(
    cell: CellParameters, reference: CellParameters, parameters: [IdentifiedParameter],
    covariance: [Double], limits: ExcitationLimits, timing: ActuationTiming,
    voltageErrors: ErrorModel, temperatureErrors: ErrorModel?, stateOfCharge: Double,
    stateOfChargeSD: Double, ambient: Double, criterion: DesignCriterion, duration: Double
  ) {
    self.cell = cell
    self.reference = reference
    self.parameters = parameters
    self.covariance = covariance
    self.limits = limits
    self.timing = timing
    self.voltageErrors = voltageErrors
    self.temperatureErrors = temperatureErrors
    self.stateOfCharge = stateOfCharge
    self.stateOfChargeSD = stateOfChargeSD
    self.ambient = ambient
    self.criterion = criterion
    self.duration = duration
  }

  /// Independent beliefs of one width.
  public static func belief(_ parameters: [IdentifiedParameter], sd: Double) -> [Double] {
    let n = parameters.count
    var covariance = [Double](repeating: 0, count: n * n)
    for k in 0..<n {
      let own = min(sd, parameters[k].priorSD)
      covariance[k * n + k] = own * own
    }
    return covariance
  }

  /// The believed cell, and pairs drawn from the belief on either side of it.
  func drawnCells() -> [CellParameters] {
    let n = parameters.count
    var cells = [cell]
    var stream = RandomStream(seed: seed, stream: 17)
    let factor = SemidefiniteFactor.columns(of: covariance, count: n)
    while cells.count < max(members, 1) {
      var shift = [Double](repeating: 0, count: n)
      for column in 0..<factor.count {
        let z = stream.gaussian()
        for k in 0..<n { shift[k] += z * factor.numbers[column * n + k] }
      }
      for sign in [1.0, -1] where cells.count < members {
        var factors: [ParameterName: Double] = [:]
        for (k, parameter) in parameters.enumerated() {
          if case .factor(let name) = parameter {
            factors[name] = Double.exponential(sign * shift[k])
          }
        }
        cells.append(cell.scaled(factors))
      }
    }
    return cells
  }
}
