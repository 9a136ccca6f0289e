import Foundation

extension AssetReport {
  private static func number(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  /// Health in one line.
  static func line(_ health: [String: Value]) -> String {
    func value(_ name: String, _ scale: Double, _ digits: Int, _ unit: String) -> String? {
      health[name].map {
        "\(number($0.value * scale, digits)) ± \(number($0.sd * scale, digits)) \(unit)"
      }
    }
    let parts = [
      value("capacity_ah", 1, 3, "Ah"), value("resistance_ohm", 1e3, 2, "mOhm"),
      value("loss_of_lithium_inventory", 100, 2, "%").map { "LLI " + $0 },
      value("negative_electrode.loss_of_active_material", 100, 2, "%").map { "LAM- " + $0 },
      value("positive_electrode.loss_of_active_material", 100, 2, "%").map { "LAM+ " + $0 },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  /// For a person; sd behind ±.
  var text: String {
    var lines = ["\(asset): cell \(cell), version \(version)", "health: \(Self.line(health))"]
    lines.append("parameters:")
    for parameter in parameters {
      let value: String
      if let factor = parameter.factor, let sd = parameter.factorSD {
        value = "x \(Self.number(factor, 4)) ± \(Self.number(sd, 4))"
      } else {
        value =
          "\(Self.number(parameter.value * 1e3, 3)) ± \(Self.number(parameter.sd * 1e3, 3)) m\(parameter.unit)"
      }
      lines.append("  \(parameter.name): \(value)")
    }
    lines.append("versions:")
    for version in versions {
      let time = Date(timeIntervalSince1970: version.unixTimeSecond).ISO8601Format()
      lines.append("  \(version.version)  \(time)  \(Self.line(version.health))")
      lines.append(
        "     \(version.record) (sha256 \(version.recordHash.prefix(12))), cell sha256 "
          + "\(version.cellHash.prefix(12)), \(version.filter), lockstep \(version.program)")
      lines.append("     \(version.command)")
    }
    if predictions.isEmpty { lines.append("predictions: none") }
    for scores in predictions {
      var line = "predictions of \(scores.quantity): \(scores.made) made, \(scores.scored) scored"
      if let coverage = scores.coverage, let square = scores.meanSquare {
        line +=
          ", \(Self.number(coverage * 100, 1)) % in their 95 % band, mean z squared "
          + Self.number(square, 2)
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }
}
