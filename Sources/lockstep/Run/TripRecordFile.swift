import CRealtime
import Foundation
import Quantities

/// `trip.csv` in the run's folder: the minute before a trip at full rate and the watch after it (S9).
/// Kept apart from the journal, whose disk or database may be what failed.
final class TripRecordFile {
  private let path: String
  private var handle: FileHandle?
  private var lastSync = 0.0

  static let columns = [
    "scan", "test_time_second", "unix_time_second", "voltage_volt", "voltage_age_second",
    "current_ampere", "current_age_second", "surface_temperatures_celsius", "ambient_celsius",
    "supply_on", "supply_voltage_volt", "supply_current_ampere", "load_on", "load_voltage_volt",
    "load_current_ampere", "contactor_closed",
  ]

  init(folder: String) { path = folder + "/trip.csv" }

  /// Adds a sample; the first one makes the file. That of a trip in an earlier sitting is gone on with: scans tell
  /// them apart.
  func append(_ sample: Sample) {
    if handle == nil {
      if !FileManager.default.fileExists(atPath: path) {
        let header = Self.columns.joined(separator: ",") + "\n"
        _ = FileManager.default.createFile(atPath: path, contents: Data(header.utf8))
      }
      handle = FileHandle(forWritingAtPath: path)
      _ = try? handle?.seekToEnd()
    }
    try? handle?.write(contentsOf: Data(Self.line(sample).utf8))
    // A watch lasts an hour, and what was seen is to outlive the machine; the minute before comes at once.
    let now = Date().timeIntervalSince1970
    guard now - lastSync >= 1 else { return }
    try? handle?.synchronize()
    lastSync = now
  }

  private static func line(_ sample: Sample) -> String {
    let surfaces = (0..<sample.surfaceCount).map { text(sample.surface[$0].value.value) }
    let fields = [
      "\(sample.scan)", text(sample.time.value), text(sample.unixTime),
      text(sample.cellVoltage.value.value), text((sample.time - sample.cellVoltage.time).value),
      text(sample.current.value.value), text((sample.time - sample.current.time).value),
      surfaces.joined(separator: " "), text(sample.ambient.value.value),
      text(sample.source.isOn), text(sample.source.voltage.value.value),
      text(sample.source.current.value.value), text(sample.load.isOn),
      text(sample.load.voltage.value.value), text(sample.load.current.value.value),
      text(sample.contactorClosed),
    ]
    return fields.joined(separator: ",") + "\n"
  }

  private static func text(_ value: Double) -> String { value.isFinite ? "\(value)" : "" }

  private static func text(_ flag: Reading<Bool>) -> String {
    flag.valid.map { $0 ? "1" : "0" } ?? ""
  }
}
