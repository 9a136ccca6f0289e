import Foundation
import Quantities
import Records

/// The sidecar of a BDF file: everything of ours stands under `extras`.
struct ExportMetadata: Encodable {
  struct Input: Encodable {
    let role: String
    let name: String
    let sha256: String
    let byteCount: Int

    enum CodingKeys: String, CodingKey {
      case role, name, sha256
      case byteCount = "byte_count"
    }
  }

  struct Outcome: Encodable {
    let status: Int
    let message: String
  }

  struct SittingStart: Encodable {
    let firstScan: Int
    let testTime: Double
    let unixTime: Double
    let version: String

    enum CodingKeys: String, CodingKey {
      case version
      case firstScan = "first_scan"
      case testTime = "test_time_second"
      case unixTime = "unix_time_second"
    }
  }

  struct Extras: Encodable {
    var run = ""
    var asset = ""
    var bench = ""
    var pace = ""
    var unixStart: Double?
    var scanPeriod: Double?
    var controlPeriod: Double?
    var researchOverride: String?
    var outcome: Outcome?
    var versions: [String: String] = [:]
    var inputs: [Input] = []
    var sittings: [SittingStart] = []
    var rows: [String: Int] = [:]
    let conventions = ExportMetadata.conventions

    enum CodingKeys: String, CodingKey {
      case run, asset, bench, pace, outcome, versions, inputs, sittings, rows, conventions
      case unixStart = "unix_start_second"
      case scanPeriod = "scan_period_second"
      case controlPeriod = "control_period_second"
      case researchOverride = "research_override"
    }
  }

  let extras: Extras

  private static let conventions = [
    "current_ampere": "positive when it charges the cell",
    "time":
      "test and unix time stand on one monotonic clock, in whole microseconds; their increments agree",
    "empty field": "no valid reading",
    "capacity and energy":
      "trapezoids between successive valid readings, since the start of the test, never reset; none across a stop",
    "sittings":
      "a run that was stopped and went on has several; test time counts the stops",
    "cycle_count": "1: a run is one cycle",
    "step_count": "number of the step in the run, from 1, never repeats",
    "step_id": "number of the step in its phase, from 1",
    "step_type":
      "told from requested current and measured voltage; empty where BDF has no type for it",
    "surface_temperature_celsius": "mean of the valid channels t1, t2, ...",
    "twin file":
      "keyed by record_index; voltage_volt is the prediction before the update; x_sd is the standard deviation of x",
  ]

  init(_ view: JournalView, rows: [String: Int]) throws {
    var extras = Extras()
    if let header = try view.header() {
      extras.run = header.run
      extras.asset = header.asset
      extras.bench = header.bench
      extras.pace = header.pace
      extras.unixStart = header.unixStart
      extras.scanPeriod = header.scanPeriod
      extras.controlPeriod = header.controlPeriod
      extras.researchOverride = header.researchOverride
      extras.versions = header.versions.merging(["lockstep": header.version]) { _, ours in ours }
    }
    extras.outcome = try view.ending().map { Outcome(status: $0.status, message: $0.message) }
    extras.inputs = try view.inputs().map {
      Input(role: $0.role, name: $0.name, sha256: $0.sha256, byteCount: $0.content.count)
    }
    extras.sittings = try view.sittings().map {
      SittingStart(
        firstScan: $0.firstScan, testTime: $0.time.value, unixTime: $0.unixTime,
        version: $0.version)
    }
    extras.rows = rows
    self.extras = extras
  }

  /// The file's text.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
