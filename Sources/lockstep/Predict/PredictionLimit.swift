import DigitalTwin
import Electrochemistry
import Estimation
import Profiles
import Quantities

/// A limit whose time is predicted.
struct PredictionLimit {
  /// What is limited.
  enum Quantity {
    case voltage, temperature, separator

    var belief: (CellBelief) -> Normal {
      switch self {
      case .voltage: { $0.voltage }
      case .temperature: { $0.temperature }
      case .separator: { $0.negativePotentialAtSeparator }
      }
    }

    var ensemble: EnsemblePrediction.Quantity {
      switch self {
      case .voltage: .voltage
      case .temperature: .temperature
      case .separator: .negativePotentialAtSeparator
      }
    }
  }

  let name: String
  let quantity: Quantity
  let value: Double
  let isRising: Bool

  /// The limits that a course may meet.
  ///
  /// - Parameters:
  ///   - file: for temperatures; nil: none are known.
  ///   - current: nil: one that changes.
  static func all(
    _ cell: CellParameters, _ file: LimitsFile?, current: Double?
  ) -> [PredictionLimit] {
    let (charges, discharges) = (current.map { $0 > 0 } ?? true, current.map { $0 < 0 } ?? true)
    var limits: [PredictionLimit] = []
    func add(_ name: String, _ quantity: Quantity, _ value: Double, rising: Bool) {
      limits.append(
        PredictionLimit(name: name, quantity: quantity, value: value, isRising: rising))
    }
    let (low, high) = (cell.lowerVoltageCutoff.value, cell.upperVoltageCutoff.value)
    if charges { add("voltage \(high) V", .voltage, high, rising: true) }
    if discharges { add("voltage \(low) V", .voltage, low, rising: false) }
    if charges { add("plating margin 0 V", .separator, 0, rising: false) }
    guard let file else { return limits }
    func temperatures(_ window: ClosedRange<Celsius>, _ what: String) {
      let (cold, hot) = (window.lowerBound.value, window.upperBound.value)
      add("\(what) temperature \(hot) degC", .temperature, hot + 273.15, rising: true)
      add("\(what) temperature \(cold) degC", .temperature, cold + 273.15, rising: false)
    }
    if charges { temperatures(file.chargeTemperature, "charge") }
    if discharges || current == 0 { temperatures(file.dischargeTemperature, "discharge") }
    return limits
  }
}
