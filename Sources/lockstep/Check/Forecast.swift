import Quantities

/// What the twin expects of one phase.
struct Forecast: Encodable {
  var phase: Int
  var name: String
  /// Why there is none; nil: there is one.
  var reason: String?
  var durationSecond: Double?
  var voltageMinimum: Double?
  var voltageMaximum: Double?
  var currentMinimum: Double?
  var currentMaximum: Double?
  var temperatureMinimum: Double?
  var temperatureMaximum: Double?
  var stateOfChargeFinal: Double?
  /// The first breaking of each limit.
  var breaks: [Break] = []

  /// A limit that would be broken.
  struct Break: Encodable {
    var limit: String
    var value: Double
    var allowed: Double
    var unit: String
    /// Since the start of the phase, s.
    var time: Double
    var step: String

    enum CodingKeys: String, CodingKey {
      case limit, value, allowed, unit, step
      case time = "phase_time_second"
    }

    /// One line.
    var line: String {
      "\(limit): \(rounded(value)) \(unit), allowed \(rounded(allowed)) \(unit), past by "
        + "\(rounded(abs(value - allowed))) \(unit), \(time.rounded()) s into the phase, in "
        + "\"\(step)\""
    }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
  }

  enum CodingKeys: String, CodingKey {
    case phase, name, reason, breaks
    case durationSecond = "duration_second"
    case voltageMinimum = "voltage_minimum_volt"
    case voltageMaximum = "voltage_maximum_volt"
    case currentMinimum = "current_minimum_ampere"
    case currentMaximum = "current_maximum_ampere"
    case temperatureMinimum = "temperature_minimum_celsius"
    case temperatureMaximum = "temperature_maximum_celsius"
    case stateOfChargeFinal = "state_of_charge_final"
  }

  /// One line for a person.
  var line: String {
    guard reason == nil, let durationSecond else {
      return "phase \(phase) (\(name)): no forecast: \(reason ?? "nothing was simulated")"
    }
    func range(_ low: Double?, _ high: Double?, _ digits: Double) -> String {
      guard let low, let high else { return "-" }
      return "\((low * digits).rounded() / digits)..\((high * digits).rounded() / digits)"
    }
    let hours = (durationSecond / 36).rounded() / 100
    return
      "phase \(phase) (\(name)): \(hours) h, \(range(voltageMinimum, voltageMaximum, 1000)) V, "
      + "\(range(currentMinimum, currentMaximum, 1000)) A, "
      + "\(range(temperatureMinimum, temperatureMaximum, 10)) degC, ends at state of charge "
      + "\(((stateOfChargeFinal ?? 0) * 1000).rounded() / 10) %"
  }
}
