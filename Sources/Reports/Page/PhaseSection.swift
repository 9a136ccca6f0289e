/// The table of phases.
enum PhaseSection {
  static func html(_ phases: [PhaseNumbers]) -> String {
    guard !phases.isEmpty else { return "" }
    let rows = phases.enumerated().map { index, phase in
      let key = { (name: String) in "phases.\(index).\(name)" }
      let cells = [
        "\(phase.phase + 1)", Format.escaped(phase.title),
        NumbersSection.data(
          key("start_second"), phase.startSecond, Format.duration(phase.startSecond)),
        NumbersSection.data(key("end_second"), phase.endSecond, Format.duration(phase.endSecond)),
        Format.duration(phase.durationSecond),
        NumbersSection.data(
          key("net_ampere_hour"), phase.netAmpereHour, Format.number(phase.netAmpereHour, 3)),
        NumbersSection.data(
          key("net_watt_hour"), phase.netWattHour, Format.number(phase.netWattHour, 2)),
        NumbersSection.data(
          key("surface_temperature_maximum_celsius"), phase.surfaceTemperatureMaximumCelsius,
          Format.number(phase.surfaceTemperatureMaximumCelsius, 1)),
        NumbersSection.data(
          key("innovation_rms_millivolt"), phase.innovationRmsMillivolt,
          Format.number(phase.innovationRmsMillivolt, 2)),
      ]
      return "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
    }
    let heads = [
      "#", "Phase", "Start", "End", "Duration", "Charge / Ah", "Energy / Wh",
      "T max / \u{b0}C", "Innovation rms / mV",
    ]
    return """
      <section><h2>Phases</h2>
      <div class="scroll"><table class="phases"><thead><tr>\
      \(heads.map { "<th scope=\"col\">\($0)</th>" }.joined())</tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
      </section>
      """
  }
}
