/// One charge that a policy decided on, as the journal shows it: what was promised, what happened.
public struct ArmNumbers: Sendable, Encodable {
  /// Index of its phase, from 0.
  public var phase: Int
  /// `prescription`, `baseline`; nil: part of no comparison.
  public var arm: String?
  /// With current and voltage where it is a cccv.
  public var policy: String
  /// First control period with current and the end of the last, s of the run.
  public var startSecond: Double?
  /// See `startSecond`.
  public var endSecond: Double?
  /// First to last control period with current, s.
  public var durationSecond: Double?
  /// Of the promise, s, and its 95 % band.
  public var promisedSecond: Double?
  /// See `promisedSecond`.
  public var promisedLowSecond: Double?
  /// See `promisedSecond`.
  public var promisedHighSecond: Double?
  /// Estimates at its start and end, 0..1.
  public var stateOfChargeStart: Double?
  /// See `stateOfChargeStart`.
  public var stateOfChargeEnd: Double?
  /// Mean of the surface readings at its start, degC.
  public var temperatureStartCelsius: Double?
  /// Into the cell, Ah.
  public var ampereHour: Double?
  /// Highest measured cell voltage, V.
  public var voltageHighestVolt: Double?
  /// Promised, V.
  public var promisedVoltageVolt: Double?
  /// Its sd, V.
  public var promisedVoltageVoltSd: Double?
  /// Highest mean of the surface readings, degC.
  public var temperatureHighestCelsius: Double?
  /// Promised, degC.
  public var promisedTemperatureCelsius: Double?
  /// Its sd, K.
  public var promisedTemperatureCelsiusSd: Double?
  /// Lowest estimate of the negative potential at the separator less 2 sd, mV.
  public var potentialLowestLess2SdMillivolt: Double?
  /// Promised less 2 sd, mV.
  public var promisedPotentialLess2SdMillivolt: Double?
  /// Control periods in which the estimate itself lay under the margin.
  public var marginViolations = 0
  /// Control periods in which estimate - 2 sd lay more than a millivolt under it.
  public var marginDoubts = 0
  /// Why it may not be compared with the others; nil: it may.
  public var unequal: String?
  /// Whether the voltage's decay after it has a plateau; nil: too short a rest to tell.
  public var hasPlateau: Bool?

  enum CodingKeys: String, CodingKey {
    case phase, arm, policy, unequal
    case startSecond = "start_second"
    case endSecond = "end_second"
    case durationSecond = "duration_second"
    case promisedSecond = "promised_second"
    case promisedLowSecond = "promised_low_second"
    case promisedHighSecond = "promised_high_second"
    case stateOfChargeStart = "state_of_charge_start"
    case stateOfChargeEnd = "state_of_charge_end"
    case temperatureStartCelsius = "temperature_start_celsius"
    case ampereHour = "ampere_hour"
    case voltageHighestVolt = "voltage_highest_volt"
    case promisedVoltageVolt = "promised_voltage_highest_volt"
    case promisedVoltageVoltSd = "promised_voltage_highest_volt_sd"
    case temperatureHighestCelsius = "temperature_highest_celsius"
    case promisedTemperatureCelsius = "promised_temperature_highest_celsius"
    case promisedTemperatureCelsiusSd = "promised_temperature_highest_celsius_sd"
    case potentialLowestLess2SdMillivolt = "potential_lowest_less_2_sd_millivolt"
    case promisedPotentialLess2SdMillivolt = "promised_potential_lowest_less_2_sd_millivolt"
    case marginViolations = "margin_violations"
    case marginDoubts = "margin_doubts"
    case hasPlateau = "relaxation_has_plateau"
  }
}
