import Drivers
import Quantities
import Transports

/// What was probed, for a person.
enum ProbeText {
  static func lines(_ bench: ProbedBench) -> String {
    zip(bench.reports, bench.addresses).map { section($0, address: $1) }
      .joined(separator: "\n")
  }

  private static func section(_ report: ProbeReport, address: String) -> String {
    var lines = ["\(report.name): \(report.model), \(address)"]
    if let skipped = report.skipped { lines.append("  skipped: \(skipped)") }
    for refusal in report.refusals { lines.append("  would be refused: \(refusal)") }
    for found in report.found { lines.append("  \(found)") }
    for value in report.values {
      let unit = value.unit.isEmpty ? "" : " \(value.unit)"
      let text = value.quality == .good ? "\(rounded(value.value))\(unit)" : "\(value.quality)"
      lines.append("  \(value.name) = \(text)")
    }
    if let timing = report.timing {
      lines.append(
        "  a transaction takes \(milliseconds(timing.least)) to \(milliseconds(timing.most)), "
          + "median \(milliseconds(timing.median)) (\(timing.count) timed)")
    }
    for unknown in report.unknown { lines.append("  unknown: \(unknown)") }
    return lines.joined(separator: "\n")
  }

  static func lines(_ entries: [SerialPortEntry]) -> String {
    guard !entries.isEmpty else { return "no serial ports" }
    return entries.map { entry in
      var words = [entry.path]
      if let usb = entry.usb { words.append("USB \(hex(usb.vendor)):\(hex(usb.product))") }
      if let serial = entry.serialNumber { words.append("serial \(serial)") }
      if !entry.description.isEmpty { words.append(entry.description) }
      return words.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// Four hexadecimal digits.
  static func hex(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }

  private static func milliseconds(_ time: Seconds) -> String {
    "\((time.value * 100_000).rounded() / 100) ms"
  }
}
