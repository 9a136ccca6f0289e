import Drivers
import Foundation
import Quantities
import Transports

/// What was probed, for a program: `--json`. Numbers that are none are absent.
struct ProbeDocument: Encodable {
  struct Device: Encodable {
    struct Value: Encodable {
      var name: String
      var value: Double?
      var unit: String
      var quality: String
    }

    struct Timing: Encodable {
      var count: Int
      var least_ms: Double
      var median_ms: Double
      var most_ms: Double
    }

    var name: String
    var model: String
    var port: String
    var skipped: String?
    var refusals: [String]
    var found: [String]
    var values: [Value]
    var timing: Timing?
    var unknown: [String]
  }

  struct Port: Encodable {
    var path: String
    var usb: String?
    var serial: String?
    var description: String
  }

  var schema = 1
  var bench: String?
  var instruments: [Device]?
  var ports: [Port]?

  init(_ probed: ProbedBench) {
    bench = probed.path
    instruments = zip(probed.reports, probed.addresses).map(Device.init)
  }

  init(_ entries: [SerialPortEntry]) {
    ports = entries.map { entry in
      Port(
        path: entry.path,
        usb: entry.usb.map { "\(ProbeText.hex($0.vendor)):\(ProbeText.hex($0.product))" },
        serial: entry.serialNumber, description: entry.description)
    }
  }

  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

extension ProbeDocument.Device {
  fileprivate init(_ report: ProbeReport, port: String) {
    self.init(
      name: report.name, model: report.model, port: port, skipped: report.skipped,
      refusals: report.refusals, found: report.found,
      values: report.values.map {
        Value(
          name: $0.name, value: $0.value.isFinite ? $0.value : nil, unit: $0.unit,
          quality: "\($0.quality)")
      },
      timing: report.timing.map {
        Timing(
          count: $0.count, least_ms: $0.least.value * 1000, median_ms: $0.median.value * 1000,
          most_ms: $0.most.value * 1000)
      }, unknown: report.unknown)
  }
}
