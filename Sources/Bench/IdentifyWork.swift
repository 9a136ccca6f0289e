public import Electrochemistry
public import Excitation
public import Identification
public import Quantities

/// What an identification is to reach, and within what.
public struct IdentifyWork: Sendable {
  /// Parameters with the relative standard deviation wanted of each.
  public var goals: [(parameter: ParameterName, sd: Double)]
  /// Of all excitations together, s.
  public var budget: Double
  /// Of one excitation, s.
  public var round: Double
  /// Skipped while the last identification is younger than this, s, its goals are met and the model explains
  /// what is seen; nil: never.
  public var skipsUntil: Double?
  /// Whether goals that are missed end the run (status 1) rather than the phase.
  public var missEndsRun: Bool
  /// What may happen to the cell.
  public var limits: ExcitationLimits
  /// The cell's own charge currents by temperature; empty: `limits` hold.
  public var chargeCurrents: [LimitLayer.TemperatureRow]
  /// What the bench's instruments can do.
  public var timing: ActuationTiming
  /// Of the cell's voltage.
  public var voltageErrors: ErrorModel
  /// Of its thermometers.
  public var temperatureErrors: ErrorModel

  /// Work from its parts.
  public init(
    goals: [(parameter: ParameterName, sd: Double)], budget: Double, round: Double,
    skipsUntil: Double? = nil, missEndsRun: Bool = false, limits: ExcitationLimits,
    chargeCurrents: [LimitLayer.TemperatureRow], timing: ActuationTiming,
    voltageErrors: ErrorModel,
    temperatureErrors: ErrorModel
  ) {
    self.goals = goals
    self.budget = budget
    self.round = round
    self.skipsUntil = skipsUntil
    self.missEndsRun = missEndsRun
    self.limits = limits
    self.chargeCurrents = chargeCurrents
    self.timing = timing
    self.voltageErrors = voltageErrors
    self.temperatureErrors = temperatureErrors
  }
}
