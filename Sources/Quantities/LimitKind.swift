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
  /// Cell voltage times cell current, W, positive when it charges.
  case power
  /// Slope of the surface temperature over a minute, K/s.
  case temperatureRate = "temperature_rate"
  /// Change of the cell voltage from scan to scan, V/s.
  case voltageRate = "voltage_rate"
  /// Change of the cell current from scan to scan, A/s.
  case currentRate = "current_rate"
  /// Charge moved in one step, whatever its direction, Ah.
  case stepCharge = "step_charge"
  /// Charge moved in the run, whatever its direction, Ah.
  case totalCharge = "total_charge"
  /// Time in one step, s.
  case stepTime = "step_time"
  /// Time in the run, s.
  case totalTime = "total_time"

  /// Absolute limits on voltage, current and temperature: they trip on the first sample past them and
  /// take no delay (S4).
  public var isHard: Bool {
    switch self {
    case .voltage, .current, .chargeTemperature, .dischargeTemperature, .temperature: true
    default: false
    }
  }

  /// Budgets grow for as long as current flows or time passes.
  public var isBudget: Bool {
    switch self {
    case .stepCharge, .totalCharge, .stepTime, .totalTime: true
    default: false
    }
  }

  /// Unit of the limit and of what is compared with it.
  public var unit: String {
    switch self {
    case .voltage: Volts.symbol
    case .current: Amperes.symbol
    case .chargeTemperature, .dischargeTemperature, .temperature: Celsius.symbol
    case .power: Watts.symbol
    case .temperatureRate: KelvinsPerSecond.symbol
    case .voltageRate: VoltsPerSecond.symbol
    case .currentRate: AmperesPerSecond.symbol
    case .stepCharge, .totalCharge: AmpereHours.symbol
    case .stepTime, .totalTime: Seconds.symbol
    }
  }

  /// The name in words, as trips say it.
  public var words: String { String(rawValue.map { $0 == "_" ? " " : $0 }) }
}
