import Foundation
import Identification

/// What `lockstep identifiability` says.
struct IdentifiabilityReport: Encodable {
  /// One parameter: standard deviations of ln of its factor.
  struct Parameter: Encodable {
    /// By the data alone (Cramer-Rao); absent where it tells nothing.
    let dataSD: Double?
    /// Data and prior together.
    let sd: Double
    let priorSD: Double
    let isTold: Bool

    enum CodingKeys: String, CodingKey {
      case dataSD = "ln_sd_by_data"
      case sd = "ln_sd"
      case priorSD = "ln_sd_before"
      case isTold = "is_told"
    }
  }

  let parameters: [String: Parameter]
  let inseparable: [[String]]
  let combinations: [IdentificationReport.Combination]
  let spectrum: [Double]
  let correlations: [String: Double]
  private let order: [String]

  enum CodingKeys: String, CodingKey {
    case parameters, inseparable, combinations, correlations
    case spectrum = "information_spectrum"
  }

  init(_ analysis: Identifiability) {
    let sds = analysis.information.standardDeviations
    let names = analysis.parameters.map(\.name)
    var parameters: [String: Parameter] = [:]
    var correlations: [String: Double] = [:]
    for k in names.indices {
      parameters[names[k]] = Parameter(
        dataSD: sds[k].isFinite ? sds[k] : nil, sd: analysis.sd(k),
        priorSD: analysis.priorSDs[k], isTold: analysis.isTold(analysis.parameters[k]))
      for j in 0..<k where analysis.correlation(k, j).magnitude > 0.8 {
        correlations["\(names[j]) with \(names[k])"] = analysis.correlation(k, j)
      }
    }
    self.parameters = parameters
    self.correlations = correlations
    inseparable = analysis.combinations.map { $0.exponents.map(\.parameter.name) }
    combinations = analysis.combinations.map(IdentificationReport.Combination.init)
    spectrum = analysis.spectrum
    order = names
  }

  /// For a person.
  var text: String {
    func percent(_ sd: Double) -> String { IdentificationReport.number(100 * sd) + " %" }
    var lines = order.compactMap { name in
      parameters[name].map { parameter in
        parameter.isTold
          ? "\(name): to \(percent(parameter.sd)), before \(percent(parameter.priorSD))"
          : "\(name): not told on its own"
      }
    }
    lines += combinations.map(\.text)
    lines += correlations.sorted { $0.key < $1.key }.map {
      String(format: "%@ correlate by %.2f", $0.key, $0.value)
    }
    lines.append(
      "known better than before, in variance, by direction: "
        + spectrum.map { IdentificationReport.number($0) }.joined(separator: ", "))
    return lines.joined(separator: "\n")
  }
}
