import Estimation
import Foundation

extension PredictionReport {
  /// For a person: some ten rows, then the limits and the ends of steps.
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
      let row = End(rows[index])
      lines.append(
        cell(String(format: "%.0f", row.timeSecond), 10) + band(row.voltage, 1, 3)
          + band(row.temperature, 1, 1) + band(row.stateOfCharge, 100, 1)
          + band(row.separator, 1000, 1))
    }
    lines += limits.map(Self.line)
    for (number, step) in (steps ?? []).enumerated() {
      lines.append("end of step \(number + 1), " + Self.line(step))
    }
    if let cutOffProbability, let draws {
      let share = String(format: "%.0f %%", cutOffProbability * 100)
      lines.append("ended by a cut-off of the cell: \(share) of \(draws) draws")
    }
    return lines.joined(separator: "\n")
  }

  private static func line(_ limit: Limit) -> String {
    func time(_ value: Double?) -> String {
      value.map { String(format: "%.0f s", $0) } ?? "not reached"
    }
    let share = limit.probability.map { String(format: ", in %.0f %% of the draws", $0 * 100) }
    return "\(limit.name): \(time(limit.mean)) (95 %: \(time(limit.earliest)) to "
      + "\(time(limit.latest)))\(share ?? "")"
  }

  /// The twin CSV; a protocol's current is the draws' mean.
  var table: String {
    var names = ["record_index", "test_time_second", "current_ampere"]
    for name in [
      "voltage_volt", "state_of_charge", "temperature_celsius",
      "negative_potential_at_separator_volt", "negative_surface_stoichiometry",
      "positive_surface_stoichiometry",
    ] { names += [name, name + "_sd"] }
    var text = names.joined(separator: ",") + "\n"
    for (index, row) in rows.enumerated() {
      text += "\(index + 1),\(row.time),\(row.current)"
      let celsius = row.temperature.scaled(zero: 273.15, unit: 1)
      for quantity in [
        row.voltage, row.stateOfCharge, celsius, row.separator, row.negativeSurface,
        row.positiveSurface,
      ] { text += ",\(quantity.mean),\(quantity.sd)" }
      text += "\n"
    }
    return text
  }
}
