/// The numbers at a glance. Each is a `data` element whose value is the unrounded number and whose
/// `data-key` is its path in the page's JSON block.
enum NumbersSection {
  static func html(_ numbers: RunNumbers, ended: Bool) -> String {
    let tiles = bookkeeping(numbers, ended: ended) + judgement(numbers)
    return "<section class=\"tiles\">\(tiles.joined())</section>"
  }

  private static func bookkeeping(_ numbers: RunNumbers, ended: Bool) -> [String] {
    let scans = whole("sample_count", numbers.sampleCount)
    let incomplete = whole("incomplete_samples", numbers.incompleteSamples)
    let sittings = whole("sitting_count", numbers.sittingCount)
    let stopped = data(
      "stopped_second", numbers.stoppedSecond, Format.duration(numbers.stoppedSecond))
    let stops = numbers.sittingCount > 1 ? "; \(sittings) sittings, stopped for \(stopped)" : ""
    return [
      tile(
        "Duration",
        data(
          "duration_second", numbers.durationSecond, Format.duration(numbers.durationSecond)),
        note: "\(scans) scans, \(incomplete) without voltage or current\(stops)"),
      tile(
        "Charged", amount("charged_ampere_hour", numbers.chargedAmpereHour, 3, "Ah"),
        note: amount("charged_watt_hour", numbers.chargedWattHour, 2, "Wh")),
      tile(
        "Discharged", amount("discharged_ampere_hour", numbers.dischargedAmpereHour, 3, "Ah"),
        note: amount("discharged_watt_hour", numbers.dischargedWattHour, 2, "Wh")),
      tile(
        ended ? "Final state of charge" : "State of charge",
        percent("state_of_charge_final", numbers.stateOfChargeFinal, 1),
        note: "sd " + percent("state_of_charge_final_sd", numbers.stateOfChargeFinalSd, 2)),
      tile(
        "Hottest surface",
        amount(
          "surface_temperature_maximum_celsius", numbers.surfaceTemperatureMaximumCelsius, 1,
          "\u{b0}C"),
        note: "any valid channel"),
    ]
  }

  private static func judgement(_ numbers: RunNumbers) -> [String] {
    let mean = amount("innovation_mean_millivolt", numbers.innovationMeanMillivolt, 2, "mV")
    let normalised = data(
      "normalised_innovation_per_channel", numbers.normalisedInnovationPerChannel,
      Format.number(numbers.normalisedInnovationPerChannel, 2))
    let lower = amount(
      "plating_potential_minimum_less_2_sd_millivolt",
      numbers.platingPotentialMinimumLess2SdMillivolt, 1, "mV")
    let p99 = amount("scan_time_p99_millisecond", numbers.scanTimeP99Millisecond, 2, "ms")
    let longest = amount(
      "scan_time_maximum_millisecond", numbers.scanTimeMaximumMillisecond, 1, "ms")
    let disagreeing = whole("disagreeing_commands", numbers.disagreeingCommands)
    return [
      tile(
        "Voltage innovation, rms",
        amount("innovation_rms_millivolt", numbers.innovationRmsMillivolt, 2, "mV"),
        note: "mean \(mean); normalised squared \(normalised) a channel (1 is honest)"),
      tile(
        "Lowest separator potential",
        amount(
          "plating_potential_minimum_millivolt", numbers.platingPotentialMinimumMillivolt, 1,
          "mV"),
        note: "estimate \u{2212} 2 sd: \(lower); in the closed-loop charge"),
      tile(
        "Deadline misses", whole("deadline_misses", numbers.deadlineMisses),
        note: "\(disagreeing) commands read back otherwise"),
      tile(
        "Scan time, median",
        amount("scan_time_p50_millisecond", numbers.scanTimeP50Millisecond, 2, "ms"),
        note: "p99 \(p99), longest \(longest)"),
    ]
  }

  private static func percent(_ key: String, _ value: Double?, _ decimals: Int) -> String {
    data(key, value, Format.number(value.map { 100 * $0 }, decimals) + "\u{202f}%")
  }

  /// A number that carries its unrounded value.
  static func data(_ key: String, _ value: Double?, _ shown: String) -> String {
    guard let value, value.isFinite else { return "<span class=\"none\">\u{2013}</span>" }
    return "<data data-key=\"\(key)\" value=\"\(value)\">\(shown)</data>"
  }

  static func amount(_ key: String, _ value: Double?, _ decimals: Int, _ unit: String) -> String {
    data(key, value, "\(Format.number(value, decimals))\u{202f}\(unit)")
  }

  static func whole(_ key: String, _ value: Int) -> String {
    data(key, Double(value), "\(value)")
  }

  private static func tile(_ name: String, _ value: String, note: String) -> String {
    """
    <div class="tile"><h3>\(name)</h3><p class="value">\(value)</p><p class="note">\(note)</p></div>

    """
  }
}
