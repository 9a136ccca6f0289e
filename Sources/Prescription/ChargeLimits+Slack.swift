import Quantities

extension ChargeLimits {
  /// Slack of the tightest bound, dimensionless; negative when broken.
  struct Slack {
    var value: Double
    var binding: ChargeDecision.Binding
  }

  /// Bounds of different units are compared in multiples of 10 mV and of 1 K.
  func slack(_ expected: ChargeForecast) -> Slack {
    let k = confidence
    let voltage = (voltage.value - expected.voltage - k * expected.voltageSD) / 0.01
    let temperature =
      temperature.value - expected.temperature - k * expected.temperatureSD
    let plating =
      (expected.negativePotential - k * expected.negativePotentialSD - platingMargin.value)
      / 0.01
    guard voltage.isFinite, temperature.isFinite, plating.isFinite else {
      return Slack(value: -1, binding: .infeasible)
    }
    var tightest = Slack(value: voltage, binding: .voltage)
    if temperature < tightest.value { tightest = Slack(value: temperature, binding: .temperature) }
    if plating < tightest.value { tightest = Slack(value: plating, binding: .platingMargin) }
    return tightest
  }

  /// Whether a forecast keeps every bound with its band, to a ten-thousandth of 10 mV and of 1 K.
  public func isKept(by forecast: ChargeForecast) -> Bool { slack(forecast).value >= -1e-4 }

  /// The bounds of a constant current that is followed by a constant voltage: no other is looked at.
  public func cccv(current: Double, voltage: Double) -> ChargeLimits {
    ChargeLimits(
      current: Amperes(current), voltage: Volts(voltage), temperature: Celsius(1000),
      platingMargin: Volts(-10), targetStateOfCharge: targetStateOfCharge, confidence: 0)
  }
}
