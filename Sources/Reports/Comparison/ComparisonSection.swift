/// The verdict, and each charge beside what was promised of it.
enum ComparisonSection {
  /// - Parameter figure: of the arms; nil: nothing was compared.
  static func html(_ numbers: ComparisonNumbers, figure: String?) -> String {
    guard !numbers.arms.isEmpty || !numbers.capacities.isEmpty else { return "" }
    let verdict = numbers.verdict.map { "<p class=\"verdict\">\(Format.escaped($0))</p>" } ?? ""
    let title = numbers.verdict == nil ? "Charges" : "Verdict"
    return """
      <section class="comparison"><h2>\(title)</h2>
      \(verdict)
      \(numbers.arms.isEmpty ? "" : table(numbers))
      \(figure ?? "")
      \(CapacitySection.html(numbers))
      </section>
      """
  }

  private static func table(_ numbers: ComparisonNumbers) -> String {
    let heads = [
      "Charge", "From", "Time, promised (95 %)", "Time", "V max, promised", "V max",
      "T max, promised", "T max / \u{b0}C", "Potential \u{2212} 2 sd, promised / mV",
      "Potential \u{2212} 2 sd / mV",
      "Ah", "Plateau after",
    ]
    let rows = numbers.arms.enumerated().map { index, arm in
      "<tr>" + cells(arm, "comparison.arms.\(index)").map { "<td>\($0)</td>" }.joined() + "</tr>"
    }
    return """
      <div class="scroll"><table class="results"><thead><tr>\
      \(heads.map { "<th scope=\"col\">\($0)</th>" }.joined())</tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
      """
  }

  private static func cells(_ arm: ArmNumbers, _ key: String) -> [String] {
    func data(_ name: String, _ value: Double?, _ scale: Double, _ decimals: Int) -> String {
      NumbersSection.data(
        "\(key).\(name)", value, Format.number(value.map { $0 * scale }, decimals))
    }
    let name = [arm.arm, arm.policy].compactMap(\.self).joined(separator: ": ")
    let unequal = arm.unequal.map { " \u{2013} not comparable: \($0)" } ?? ""
    let plateau = arm.hasPlateau.map { $0 ? "yes" : "no" } ?? "\u{2013}"
    func time(_ name: String, _ value: Double?) -> String {
      NumbersSection.data("\(key).\(name)", value, Format.duration(value))
    }
    let band =
      " (\(Format.duration(arm.promisedLowSecond)) to \(Format.duration(arm.promisedHighSecond)))"
    return [
      Format.escaped(name + unequal),
      NumbersSection.data(
        "\(key).state_of_charge_start", arm.stateOfChargeStart,
        Format.number(arm.stateOfChargeStart.map { 100 * $0 }, 1) + "\u{202f}%") + ", "
        + data("temperature_start_celsius", arm.temperatureStartCelsius, 1, 1)
        + "\u{202f}\u{b0}C",
      time("promised_second", arm.promisedSecond) + band,
      time("duration_second", arm.durationSecond),
      data("promised_voltage_highest_volt", arm.promisedVoltageVolt, 1, 3) + " \u{b1} "
        + Format.number(arm.promisedVoltageVoltSd.map { 2 * $0 }, 3),
      data("voltage_highest_volt", arm.voltageHighestVolt, 1, 3),
      data("promised_temperature_highest_celsius", arm.promisedTemperatureCelsius, 1, 1)
        + " \u{b1} " + Format.number(arm.promisedTemperatureCelsiusSd.map { 2 * $0 }, 1),
      data("temperature_highest_celsius", arm.temperatureHighestCelsius, 1, 1),
      data(
        "promised_potential_lowest_less_2_sd_millivolt", arm.promisedPotentialLess2SdMillivolt, 1,
        1),
      data(
        "potential_lowest_less_2_sd_millivolt", arm.potentialLowestLess2SdMillivolt, 1, 1),
      data("ampere_hour", arm.ampereHour, 1, 3), plateau,
    ]
  }
}
