import Foundation
import Identification

extension IdentificationReport {
  /// For a person.
  var text: String {
    var lines = [
      "\(model), \(startsAgreeing) of \(starts) starts agree, \(rounds) rounds in the last fit"
    ]
    for name in order {
      guard let e = estimates[name] else { continue }
      let ends = e.valueInterval95
      let factor = e.factor.map { String(format: ", %.4g of the file's", $0) } ?? ""
      lines.append(
        String(
          format: "%@: %.4g %@ (95 %%: %.4g to %.4g%@)", name, e.value, e.unit, ends[0],
          ends[1], e.isOpen ? ", open" : "") + factor)
    }
    if let walks { lines += walks.text }
    for combination in combinations { lines.append(combination.text) }
    if let choice {
      let parts = choice.map { "\($0.record) (\(Self.number($0.gain)))" }
      lines.append(
        "records that tell most, with the mean ln of the sds that each saves: "
          + parts.joined(separator: ", "))
    }
    for (k, check) in fitted.enumerated() {
      lines.append(
        "\(check.text), noise \(Self.number(noise[k])) mV, discrepancy "
          + "\(Self.number(discrepancy[k])) mV, charge \(Self.number(charge[k])) %")
    }
    if let all = validationVoltageRMSE {
      let fitted = startFittedVoltageRMSE.map {
        " (\(Self.number($0)) with their starts' charges fitted)"
      }
      lines.append("records not fitted to: \(Self.number(all)) mV rms" + (fitted ?? ""))
      lines += validated.map(\.text)
    }
    return lines.joined(separator: "\n")
  }

  static func number(_ value: Double) -> String { String(format: "%.3g", value) }
}

extension IdentificationReport.Check {
  var text: String {
    let heat =
      (temperatureRMSE.map { String(format: ", %.2f K", $0) } ?? "")
      + (separatorRMSE.map { String(format: ", negative electrode %.2f mV", $0) } ?? "")
    let missed = reachedRows < rows ? ", \(rows - reachedRows) rows not reached" : ""
    let start =
      startFittedRMSE.map {
        String(format: " (%.2f with %+.1f %% of charge at its start)", $0, startMoved ?? 0)
      } ?? ""
    return String(format: "%@: %.2f mV rms", record, voltageRMSE) + start + heat + missed
      + "; \(verdict)"
  }
}

extension IdentificationReport.Combination {
  /// In one line, or with what would tell it in a few.
  var text: String {
    let told = kind == "structural" ? "by any experiment of this model" : kind
    let what =
      exponents.count == 1
      ? "not told \(told): \(names[0])"
      : "not told apart \(told): " + names.joined(separator: " with ")
    let help = wouldSeparate.map { "  \($0.what): known to \(known($0.sd)), now \(known(sd))" }
    return ([what] + help).joined(separator: "\n")
  }

  /// Factors to their exponents; an offset by what of it goes with 1 % of a factor of exponent 1.
  private var names: [String] {
    exponents.sorted { $0.value.magnitude > $1.value.magnitude }.map { name, power in
      let parameter = IdentifiedParameter(name: name)
      if exponents.count == 1 { return name }
      guard let parameter, parameter.isOffset else {
        return "\(name)^\(IdentificationReport.number(power))"
      }
      return "\(name) by \(IdentificationReport.number(0.01 * power)) \(parameter.unit) a per cent"
    }
  }

  /// An sd along it: of ln, or of one offset in its unit.
  private func known(_ sd: Double) -> String {
    if exponents.count == 1, let parameter = exponents.keys.first.flatMap(IdentifiedParameter.init),
      parameter.isOffset
    {
      return "\(IdentificationReport.number(sd)) \(parameter.unit)"
    }
    return "\(IdentificationReport.number(100 * sd)) %"
  }
}
