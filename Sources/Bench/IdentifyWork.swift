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
    limits: ExcitationLimits, chargeCurrents: [LimitLayer.TemperatureRow], timing: ActuationTiming,
    voltageErrors: ErrorModel,
    temperatureErrors: ErrorModel
  ) {
    self.goals = goals
    self.budget = budget
    self.round = round
    self.limits = limits
    self.chargeCurrents = chargeCurrents
    self.timing = timing
    self.voltageErrors = voltageErrors
    self.temperatureErrors = temperatureErrors
  }
}
