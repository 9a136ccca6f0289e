import Excitation
import Foundation
import Identification

/// The figures of an identification study as Markdown.
struct IdentificationPage {
  /// One excitation's.
  struct Row {
    var name: String
    var scores: [IdentificationScore]
    /// Cells that no fit could follow.
    var failed: Int

    /// Root mean square of all errors of ln of the factors.
    var error: Double {
      let all = scores.flatMap(\.errors)
      return (all.reduce(0) { $0 + $1 * $1 } / Double(max(all.count, 1))).squareRoot()
    }

    func median(_ value: (IdentificationScore) -> Double) -> Double {
      Self.median(scores.map(value))
    }

    func worst(_ value: (IdentificationScore) -> Double) -> Double {
      scores.map(value).max() ?? .nan
    }

    static func median(_ values: [Double]) -> Double {
      let sorted = values.filter(\.isFinite).sorted()
      return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    }
  }

  private var lines: [String]

  init(seeds: ClosedRange<UInt64>, rivals: Int) {
    lines = [
      "# Identification of cells whose parameters are known", "",
      "Written by `make studies` (`lockstep identification-study`), seeds \(seeds.lowerBound) to "
        + "\(seeds.upperBound); mismatched and rivals the first ones (\(rivals) for a rival); chen2020 with",
      "10 mOhm of contact resistance. Six parameters (both diffusivities and rate constants, the salt's "
        + "diffusivity, the contact",
      "resistance) off by 20 % (log-normal), 30 minutes at 25 degC from 60 % "
        + "charge, up to 1.2C, within 2.5 to 4.2 V and a plating",
      "margin of 0 V. *Matched*: an SPMe, 1 mV and 0.1 K of noise, fitted with an SPMe. *Mismatched*: a DFN on a "
        + "finer mesh,",
      "5 mV in each open-circuit potential, voltage noise 2 mV, current scale 0.2 %, ambient off "
        + "3 K, thermometer 0.3 K, fitted with",
      "a DFN, the curve's and the ambient's offset beside. One excitation is designed for the file's cell, and all cells get it.",
      "",
    ]
  }

  mutating func add(matched: Bool, _ rows: [Row], _ design: DesignResult) {
    guard let first = rows.first else { return }
    lines += ["## \(matched ? "Matched" : "Mismatched")", ""]
    lines += [
      "| excitation | cells | predicted sd rms % | error rms % | over the design's | median error % "
        + "| other record V mV rms | in its 95 % band | separator 0.5C mV | 1.2C mV |",
      "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows {
      let sds =
        row.name == "design" ? design.sds : design.comparisons.first { $0.name == row.name }?.sds
      let predicted =
        sds.map { sds in
          100 * (sds.reduce(0) { $0 + $1 * $1 } / Double(sds.count)).squareRoot()
        } ?? .nan
      let median = Row.median(row.scores.flatMap(\.errors).map(\.magnitude))
      lines.append(
        "| \(row.name) | \(row.scores.count) | "
          + String(
            format:
              "%.2f | %.2f | %.1f | %.2f | %.2f / %.2f | %.0f %% | %.1f / %.1f | %.1f / %.1f |",
            predicted, 100 * row.error, row.error / first.error, 100 * median,
            1e3 * row.median(\.voltageRMS), 1e3 * row.worst(\.voltageRMS),
            100 * row.median(\.coverage), 1e3 * row.median(\.separatorSlow),
            1e3 * row.worst(\.separatorSlow), 1e3 * row.median(\.separatorFast),
            1e3 * row.worst(\.separatorFast)))
    }
    lines.append("")
    if matched { intervals(first) }
    let broken = first.scores.filter { !$0.violations.isEmpty }
    lines += [
      "The design broke a limit of the true cell in \(broken.count) of \(first.scores.count) cells"
        + (broken.isEmpty
          ? "." : ": " + broken.flatMap(\.violations).joined(separator: ", ") + "."),
      String(
        format: "A fit took %.1f s (median).", first.median(\.seconds)), "",
    ]
  }

  private mutating func intervals(_ row: Row) {
    lines += [
      "| parameter | truths in their 95 % profile interval | median half-width % | median error % |",
      "|---|---|---|---|",
    ]
    for (k, parameter) in IdentificationCase.parameters.enumerated() {
      let all = row.scores.compactMap { $0.intervals.isEmpty ? nil : $0.intervals[k] }
      lines.append(
        "| `\(parameter.name)` | \(all.count { $0.holds }) of \(all.count) | "
          + String(
            format: "%.1f | %.1f |", 100 * Row.median(all.map(\.halfWidth)),
            100 * Row.median(row.scores.map { $0.errors[k].magnitude })))
    }
    lines.append("")
  }

  var text: String { lines.joined(separator: "\n") }
}
