import Excitation
import Foundation
import Identification
import Protocols
import Quantities

/// What `lockstep design` says and writes.
struct DesignReport: Encodable {
  /// An excitation's predicted standard deviations of ln of the factors.
  struct Row: Encodable {
    let sds: [String: Double]
    let rootMeanSquare: Double
    let geometricMean: Double
    /// Share of the excitation's currents that the limits left; 1 of the design.
    let scale: Double

    enum CodingKeys: String, CodingKey {
      case sds = "ln_sd"
      case rootMeanSquare = "rms_ln_sd"
      case geometricMean = "geometric_mean_ln_sd"
      case scale
    }

    init(_ parameters: [IdentifiedParameter], _ values: [Double], scale: Double) {
      sds = Dictionary(uniqueKeysWithValues: zip(parameters.map(\.name), values))
      let n = Double(max(values.count, 1))
      rootMeanSquare = (values.reduce(0) { $0 + $1 * $1 } / n).squareRoot()
      geometricMean = exp(values.reduce(0) { $0 + log($1) } / n)
      self.scale = scale
    }
  }

  let criterion: String
  let design: Row
  let comparisons: [String: Row]
  let durationSecond: Double
  let steps: [String]
  let voltageMostWithBand: Double
  let voltageLeastWithBand: Double
  let temperatureMost: Double
  let separatorLeast: Double
  let disagreementRMS: Double?
  let grownFrom: String
  let evaluations: Int
  /// Why a step is there, by its place.
  let reasons: [Int: String]
  /// Of the comparisons.
  let order: [String]

  enum CodingKeys: String, CodingKey {
    case criterion, design, comparisons, steps, evaluations
    case durationSecond = "duration_second"
    case voltageMostWithBand = "voltage_most_with_band_volt"
    case voltageLeastWithBand = "voltage_least_with_band_volt"
    case temperatureMost = "temperature_most_celsius"
    case separatorLeast = "negative_potential_at_separator_least_volt"
    case disagreementRMS = "model_disagreement_rms_millivolt"
    case grownFrom = "grown_from"
  }

  init(_ problem: DesignProblem, _ result: DesignResult) {
    criterion = problem.criterion.rawValue
    design = Row(problem.parameters, result.sds, scale: 1)
    comparisons = Dictionary(
      uniqueKeysWithValues: result.comparisons.map {
        ($0.name, Row(problem.parameters, $0.sds, scale: $0.scale))
      })
    order = result.comparisons.map(\.name)
    durationSecond = result.plan.duration
    steps = result.plan.steps(problem.limits).map(\.text)
    let e = result.evaluation
    let bands = zip(e.run.voltages, e.voltageSDs)
    voltageMostWithBand = bands.map { $0 + problem.safety * $1 }.max() ?? .nan
    voltageLeastWithBand = bands.map { $0 - problem.safety * $1 }.min() ?? .nan
    temperatureMost = (e.run.temperatures.max() ?? .nan) - 273.15
    separatorLeast = e.run.separatorPotentials.min() ?? .nan
    disagreementRMS =
      e.disagreement.isEmpty
      ? nil
      : 1e3
        * (e.disagreement.reduce(0) { $0 + $1 * $1 } / Double(e.disagreement.count)).squareRoot()
    grownFrom = result.grownFrom
    evaluations = result.evaluations
    reasons = Dictionary(
      result.reasons.filter { $0.factor > 1 }.map { reason in
        let percent = IdentificationReport.number(100 * (reason.factor - 1))
        return (
          reason.segment, "without it \(reason.parameter.name) is known \(percent) % less well"
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The protocol file.
  var protocolText: String {
    var lines = [
      "# Designed by lockstep design, criterion \(criterion); each step's end keeps its limit.",
      "schema = 1", "name = \"excitation\"",
      "description = \"Excitation that identifies \(design.sds.keys.sorted().joined(separator: ", ")).\"",
      "steps = [",
    ]
    for (k, step) in steps.enumerated() {
      lines.append("  \"\(step)\"," + (reasons[k].map { "  # \($0)" } ?? ""))
    }
    return (lines + ["]", ""]).joined(separator: "\n")
  }

  /// For a person.
  func text(out: String) -> String {
    func row(_ name: String, _ row: Row) -> String {
      let sds = row.sds.sorted { $0.key < $1.key }.map {
        String(format: "%.3g", 100 * $0.value)
      }.joined(separator: "  ")
      let scale = row.scale < 1 ? String(format: ", currents x %.2f", row.scale) : ""
      return String(format: "%@: %@ (rms %.3g%@)", name, sds, 100 * row.rootMeanSquare, scale)
    }
    var lines = [
      "predicted standard deviations, % (\(design.sds.keys.sorted().joined(separator: ", "))):",
      row("this design", design),
    ]
    for name in order { if let other = comparisons[name] { lines.append(row(name, other)) } }
    lines.append(
      String(
        format:
          "with bands %.3f to %.3f V; expected %.1f degC at most, separator potential %.0f mV at least",
        voltageLeastWithBand, voltageMostWithBand, temperatureMost, 1e3 * separatorLeast))
    if let disagreementRMS {
      lines.append(String(format: "SPMe and DFN differ by %.2f mV rms along it", disagreementRMS))
    }
    lines.append("\(out): \(steps.count) steps, \(Int((durationSecond / 60).rounded())) min")
    return lines.joined(separator: "\n")
  }
}
