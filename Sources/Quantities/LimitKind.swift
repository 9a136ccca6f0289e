/// What a limit is on. One closed list, so that every limit is judged and journalled by name.
public enum LimitKind: String, Sendable, Hashable, CaseIterable {
  /// Cell voltage, V.
  case voltage
  /// Cell current, A, positive when it charges.
  case current
  /// Surface temperature while charging, degC.
  case chargeTemperature = "charge_temperature"
  /// Surface temperature while discharging, degC.
  case dischargeTemperature = "discharge_temperature"
  /// Surface temperature at any time, degC.
  case temperature
}
