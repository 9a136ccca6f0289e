import Estimation
import Foundation

/// The figures of a shadow study as Markdown.
package struct ShadowPage {
  private var lines: [String] = []

  package init(seeds: Range<UInt64>) {
    lines = [
      "# The shadow against cells whose truth is known", "",
      "Written by `make studies` (`lockstep shadow-study`), seeds \(seeds.lowerBound) to "
        + "\(seeds.upperBound - 1); chen2020. *Matched*: the plant is the filter's own SPMe with",
      "other parameters (10 %), open-circuit potentials (2 mV) and sensors. *Mismatched*: a DFN on a",
      "finer mesh and a fifth of the step, parameters off by 20 % (log-normal, seven of them), 5 mV in each",
      "open-circuit potential, ambient off 3 K, voltage noise 2 mV, current 0.2 % and 2 mA, thermometer 0.3 K.",
      "Each cell: 200 s at C/2 from a charge believed 30 % wrong, then pulses of up to 1.2C for 57 min that no",
      "filter was tuned on, then ten minutes of charge at 0.5C and at 1.2C. Median / worst of the cells.",
      "",
    ]
  }

  package mutating func accuracy(_ series: [ShadowSeries]) {
    lines += [
      "| plant | filter | model | us a step | SOC in 200 s | SOC % rms | surface stoich. rms "
        + "| T K rms | separator 0.5C mV | 1.2C mV | > 5 mV optimistic | 10 min ahead mV | restarts | faults |",
      "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for s in series {
      func pair(_ scale: Double, _ digits: Int, _ value: (ShadowScore) -> Double) -> String {
        let (median, worst) = s.figure(value)
        return String(format: "%.\(digits)f / %.\(digits)f", median * scale, worst * scale)
      }
      let fields = [
        s.kind.rawValue, s.filter.rawValue, s.model.rawValue,
        String(format: "%.0f", s.figure(\.cost).median * 1e6),
        "\(s.settled) of \(s.scores.count)", pair(100, 2) { $0.stateOfCharge.root },
        pair(1, 4) { $0.surface.root }, pair(1, 2) { $0.temperature.root },
        pair(1e3, 1) { $0.separatorSlow.root }, pair(1e3, 1) { $0.separatorFast.root },
        String(format: "%.1f %%", s.optimistic * 100), pair(1e3, 1) { $0.openLoop.root },
        "\(s.scores.reduce(0) { $0 + $1.restarts })", "\(s.scores.reduce(0) { $0 + $1.faults })",
      ]
      lines.append("| " + fields.joined(separator: " | ") + " |")
    }
    lines.append("")
    guard let chosen = FilterRanking.choose(series.filter { $0.kind == .mismatched }) else {
      return
    }
    lines += [
      "**Take `--filter \(chosen.filter.rawValue) --model \(chosen.model.rawValue)`**: of those that keep up with",
      "10 Hz in half the time it knows the separator potential of the mismatched cells best at 1.2C, which is what",
      "limits a charge; among equals (10 %) the cheapest is taken.", "",
    ]
  }

  package mutating func consistency(_ series: [ShadowSeries]) {
    lines += [
      "## Consistency", "",
      "Normalised squared innovations over windows of a minute, and errors averaged over the cells every five",
      "minutes: share within chi-square's 95 % band, and the mean (1 is consistent).", "",
      "| plant | filter | model | innovations in band | mean | SOC | T | separator |",
      "|---|---|---|---|---|---|---|---|",
    ]
    for s in series {
      func text(_ value: (inBand: Double, mean: Double)) -> String {
        String(format: "%.0f %%, mean %.2f", value.inBand * 100, value.mean)
      }
      let (inBand, mean) = s.innovations
      lines.append(
        "| \(s.kind.rawValue) | \(s.filter.rawValue) | \(s.model.rawValue) "
          + String(format: "| %.0f %% | %.2f |", inBand * 100, mean)
          + " \(text(s.consistency(0))) | \(text(s.consistency(1))) | \(text(s.consistency(2))) |")
    }
    lines.append("")
  }

  package mutating func coverage(_ studies: [(String, CoverageStudy)]) {
    lines += [
      "## Coverage of the 95 % bands", "",
      "One random instant of each independent cell; share inside and its 95 % Wilson interval.", "",
      "| plant, filter | n | " + CoverageStudy.names.joined(separator: " | ") + " |",
      "|---|---|" + String(repeating: "---|", count: CoverageStudy.names.count),
    ]
    for (name, study) in studies {
      let shares = CoverageStudy.names.map { quantity -> String in
        let (p, low, high) = study.share(quantity)
        return String(format: "%.1f %% (%.1f to %.1f)", p * 100, low * 100, high * 100)
      }
      lines.append("| \(name) | \(study.runs) | " + shares.joined(separator: " | ") + " |")
    }
    lines.append("")
  }

  package mutating func faults(_ studies: [(String, FaultStudy)]) {
    lines += [
      "## Sensor faults", "",
      "From a random second on, at 1 Hz under pulses; found within 120 s. Median / longest delay.",
      "",
      "| plant | fault | found | delay s | missed | other name, or before |",
      "|---|---|---|---|---|---|",
    ]
    for (name, study) in studies {
      for fault in FaultStudy.Fault.allCases {
        let delays = (study.delays[fault] ?? []).sorted()
        let text =
          delays.isEmpty
          ? "-" : String(format: "%.0f / %.0f", delays[delays.count / 2], delays[delays.count - 1])
        lines.append(
          "| \(name) | \(fault.rawValue) | \(delays.count) | \(text) "
            + "| \(study.missed[fault] ?? 0) | \(study.misnamed[fault] ?? 0) |")
      }
    }
    lines.append("")
    for (name, study) in studies where study.healthyHours > 0 {
      lines.append(
        "False alarms in \(Int(study.healthyHours)) h of healthy \(name) cells, sampled every 10 s: "
          + "\(study.falseAlarms).")
    }
    lines.append("")
  }

  package var text: String { lines.joined(separator: "\n") }
}
