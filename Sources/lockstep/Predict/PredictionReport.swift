import DigitalTwin
import Electrochemistry
import Estimation
import Foundation
import Quantities

/// What `lockstep predict` says.
struct PredictionReport: Encodable {
  /// A quantity with its 95 % band.
  struct Band: Encodable {
    let mean: Double
    let low: Double
    let high: Double

    init(_ value: Normal, minus offset: Double = 0) {
      mean = value.mean - offset
      low = mean - CellPrediction.edge * value.sd
      high = mean + CellPrediction.edge * value.sd
    }
  }

  /// The cell at the end.
  struct End: Encodable {
    let timeSecond: Double
    let voltage: Band
    let temperature: Band
    let stateOfCharge: Band
    let separator: Band

    enum CodingKeys: String, CodingKey {
      case timeSecond = "time_second"
      case voltage = "voltage_volt"
      case temperature = "temperature_celsius"
      case stateOfCharge = "state_of_charge"
      case separator = "negative_potential_at_separator_volt"
    }

    init(_ row: CellPrediction.Row) {
      timeSecond = row.time
      voltage = Band(row.belief.voltage)
      temperature = Band(row.belief.temperature, minus: 273.15)
      stateOfCharge = Band(row.belief.stateOfCharge)
      separator = Band(row.belief.negativePotentialAtSeparator)
    }
  }

  /// When a limit is met.
  struct Limit: Encodable {
    let name: String
    let mean: Double?
    let earliest: Double?
    let latest: Double?

    enum CodingKeys: String, CodingKey {
      case name
      case mean = "mean_second"
      case earliest = "earliest_second"
      case latest = "latest_second"
    }
  }

  let currentAmpere: Double
  let end: End
  let limits: [Limit]
  private let rows: [End]

  enum CodingKeys: String, CodingKey {
    case end, limits
    case currentAmpere = "current_ampere"
  }

  init(_ prediction: CellPrediction, _ cell: CellParameters) {
    currentAmpere = prediction.current
    rows = prediction.rows.map(End.init)
    end = rows[rows.count - 1]
    let charges = prediction.current > 0
    let cutOff = charges ? cell.upperVoltageCutoff.value : cell.lowerVoltageCutoff.value
    var limits: [(String, (CellBelief) -> Normal, Double, Bool)] = []
    if prediction.current != 0 {
      limits.append(("voltage \(cutOff) V", { $0.voltage }, cutOff, charges))
    }
    if charges {
      limits.append(("plating margin 0 V", { $0.negativePotentialAtSeparator }, 0, false))
    }
    self.limits = limits.map { name, quantity, limit, rising in
      let crossing = prediction.crossing(of: quantity, limit: limit, rising: rising)
      return Limit(
        name: name, mean: crossing.mean, earliest: crossing.earliest, latest: crossing.latest)
    }
  }

  /// For a person: some ten rows, then the limits.
  var text: String {
    func cell(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    func band(_ band: Band, _ scale: Double, _ digits: Int) -> String {
      func number(_ value: Double) -> String { String(format: "%.\(digits)f", value * scale) }
      return cell("\(number(band.mean)) (\(number(band.low)) to \(number(band.high)))", 28)
    }
    var lines = [
      cell("s", 10) + cell("V", 28) + cell("degC", 28) + cell("SOC %", 28)
        + cell("plating margin mV", 28)
    ]
    let step = max(1, (rows.count - 1 + 9) / 10)
    for index in rows.indices where index.isMultiple(of: step) || index == rows.count - 1 {
      let row = rows[index]
      lines.append(
        cell(String(format: "%.0f", row.timeSecond), 10) + band(row.voltage, 1, 3)
          + band(row.temperature, 1, 1) + band(row.stateOfCharge, 100, 1)
          + band(row.separator, 1000, 1))
    }
    for limit in limits {
      func time(_ value: Double?) -> String {
        value.map { String(format: "%.0f s", $0) } ?? "not reached"
      }
      lines.append(
        "\(limit.name): \(time(limit.mean)) (95 %: \(time(limit.earliest)) to \(time(limit.latest)))"
      )
    }
    return lines.joined(separator: "\n")
  }

  /// The twin CSV.
  static func table(_ prediction: CellPrediction) -> String {
    var names = ["record_index", "test_time_second", "current_ampere"]
    for name in [
      "voltage_volt", "state_of_charge", "temperature_celsius",
      "negative_potential_at_separator_volt", "negative_surface_stoichiometry",
      "positive_surface_stoichiometry",
    ] { names += [name, name + "_sd"] }
    var text = names.joined(separator: ",") + "\n"
    for (index, row) in prediction.rows.enumerated() {
      let belief = row.belief
      text += "\(index + 1),\(row.time),\(prediction.current)"
      let celsius = Normal(belief.temperature.mean - 273.15, sd: belief.temperature.sd)
      for quantity in [
        belief.voltage, belief.stateOfCharge, celsius, belief.negativePotentialAtSeparator,
        belief.negativeSurfaceStoichiometry, belief.positiveSurfaceStoichiometry,
      ] { text += ",\(quantity.mean),\(quantity.sd)" }
      text += "\n"
    }
    return text
  }
}
