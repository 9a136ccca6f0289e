/// Counts of capacity, and what lies between them.
enum CapacitySection {
  static func html(_ numbers: ComparisonNumbers) -> String {
    guard !numbers.capacities.isEmpty else { return "" }
    let heads = [
      "Counted capacity", "A h", "\u{b1} 2 sd / A h", "Discharged for", "Lowest V",
      "T mean / \u{b0}C",
      "Ended by",
    ]
    let rows =
      numbers.capacities.enumerated().map { cells($1, "comparison.capacities.\($0)") }
      + numbers.capacityDifferences.enumerated().map {
        cells($1, "comparison.capacity_differences.\($0)")
      }
    let body = rows.map { "<tr>" + $0.map { "<td>\($0)</td>" }.joined() + "</tr>" }
    return """
      <div class="scroll"><table class="results"><thead><tr>\
      \(heads.map { "<th scope=\"col\">\($0)</th>" }.joined())</tr></thead>
      <tbody>\(body.joined(separator: "\n"))</tbody></table></div>
      """
  }

  private static func cells(_ count: CapacityNumbers, _ key: String) -> [String] {
    func data(_ name: String, _ value: Double?, _ shown: String) -> String {
      NumbersSection.data("\(key).\(name)", value, shown)
    }
    return [
      count.when + " the pairs",
      data("ampere_hour", count.ampereHour, Format.number(count.ampereHour, 3)),
      data("ampere_hour_sd", count.ampereHourSd, error(count.ampereHourSd)),
      data("discharge_second", count.dischargeSecond, Format.duration(count.dischargeSecond)),
      data(
        "voltage_lowest_volt", count.voltageLowestVolt, Format.number(count.voltageLowestVolt, 3)),
      data(
        "temperature_mean_celsius", count.temperatureMeanCelsius,
        Format.number(count.temperatureMeanCelsius, 1)),
      count.endedBy.map(Format.escaped) ?? "the run",
    ]
  }

  private static func cells(_ difference: CapacityDifference, _ key: String) -> [String] {
    let change =
      NumbersSection.data(
        "\(key).ampere_hour", difference.ampereHour, Format.number(difference.ampereHour, 3)) + " ("
      + NumbersSection.data(
        "\(key).percent", difference.percent, Format.number(difference.percent, 2)) + "\u{202f}%)"
    let sd = NumbersSection.data(
      "\(key).ampere_hour_sd", difference.ampereHourSd, error(difference.ampereHourSd))
    let name =
      "after less before"
      + (difference.incomparable.map { " \u{2013} not comparable: \($0)" } ?? "")
    return [Format.escaped(name), change, sd, "", "", "", ""]
  }

  private static func error(_ sd: Double?) -> String { Format.number(sd.map { 2 * $0 }, 4) }
}
