import Electrochemistry
import Quantities
import Safety
import Simulation

/// Watches the rows of a forecast against the limits of its phase: the first breaking of each.
struct ForecastLimits {
  private let envelope: Envelope
  private let layers: [LimitLayer]
  private(set) var breaks: [Forecast.Break] = []
  private var known: Set<String> = []

  init(_ envelope: Envelope, _ layers: [LimitLayer]) {
    self.envelope = envelope
    self.layers = layers
  }

  /// - Parameter start: time of the phase's start in the rows' time, s.
  mutating func take(_ row: ExperimentRow, since start: Double, step: String) {
    let current = row.cell.current
    let celsius = row.cell.outputs.temperature - 273.15
    let time = row.cell.time - start
    let flows = abs(current) >= envelope.rules.zeroCurrent.value
    func note(_ limit: String, _ value: Double, _ allowed: Double, _ unit: String) {
      guard known.insert(limit).inserted else { return }
      breaks.append(
        Forecast.Break(
          limit: limit, value: value, allowed: allowed, unit: unit, time: time, step: step))
    }
    func check(_ kind: LimitKind, _ value: Double, _ unit: String, slack: Double = 0) {
      guard let band = envelope.band(kind) else { return }
      if value < band.operateLow - slack {
        note("\(kind.rawValue) low", value, band.operateLow, unit)
      }
      if value > band.operateHigh + slack {
        note("\(kind.rawValue) high", value, band.operateHigh, unit)
      }
    }
    // A step that ends on a voltage overshoots it by what the meter's noise is allowed in a run.
    check(.voltage, row.cell.outputs.voltage, "V", slack: envelope.rules.holdTolerance.value)
    check(.current, current, "A", slack: 1e-6)
    check(.temperature, celsius, "degC")
    guard flows else { return }
    check(current > 0 ? .chargeTemperature : .dischargeTemperature, celsius, "degC")
    for table in layers.map({ current > 0 ? $0.chargeCurrent : $0.dischargeCurrent })
    where !table.isEmpty {
      let allowed = Self.allowed(table, celsius)
      if abs(current) > allowed + 1e-6 {
        note(
          "\(current > 0 ? "charge" : "discharge") current by temperature", abs(current), allowed,
          "A")
      }
    }
  }

  private static func allowed(_ table: [LimitLayer.TemperatureRow], _ celsius: Double) -> Double {
    let row = table.first { celsius >= $0.from.value && celsius < $0.to.value }
    let last = table.last.flatMap { celsius == $0.to.value ? $0 : nil }
    return (row ?? last)?.current.value ?? 0
  }
}
