public import Electrochemistry

/// One number that a fit may move, with what is known of it before.
public struct FitParameter: Sendable, Hashable {
  /// What it changes.
  public enum Target: Sendable, Hashable {
    /// ln of a factor on the cell file's value.
    case factor(ParameterName)
    /// ln of the contact resistance over 1 mOhm: a file's 0 cannot be multiplied.
    case contactResistance
    /// J/mol added to an activation energy: a file's 0 cannot be multiplied.
    case activationEnergy(ParameterName)
    /// Added to the positive stoichiometry at each negative one: lithium between the electrodes.
    case balance
    /// Height of a bump on one of the electrodes' functions.
    case correction(FunctionCorrection)
  }

  /// What it changes.
  public var target: Target
  /// Most likely value before the fit.
  public var prior: Double
  /// Standard deviation of that belief.
  public var priorSD: Double
  /// Where the fit may go.
  public var bounds: ClosedRange<Double>

  /// A parameter as given; `priorSD` above 0, `prior` within `bounds`.
  public init(_ target: Target, prior: Double, priorSD: Double, bounds: ClosedRange<Double>) {
    self.target = target
    self.prior = prior
    self.priorSD = priorSD
    self.bounds = bounds
  }

  /// A parameter whose bounds are `width` standard deviations either side.
  public init(_ target: Target, prior: Double, priorSD: Double, width: Double = 4) {
    self.init(
      target, prior: prior, priorSD: priorSD,
      bounds: (prior - width * priorSD)...(prior + width * priorSD))
  }

  /// In files and reports.
  public var name: String {
    switch target {
    case .factor(let name): name.rawValue
    case .contactResistance: ParameterName.contactResistance.rawValue
    case .activationEnergy(let name): name.rawValue
    case .balance: "positive_electrode.stoichiometry_shift"
    case .correction(let correction): correction.name
    }
  }
}
