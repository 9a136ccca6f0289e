import Foundation
import Journal
import JournalTestKit
import Records
import Testing

@Suite("The export says what the journal says")
struct ExportTests {
  let folder: TemporaryFolder
  let sql: PlainSQL
  let reader: JournalReader
  let export: JournalExport

  init() throws {
    folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    try writer.append(SyntheticRun.records(scale: 0.1))
    try writer.close()
    sql = try PlainSQL(writer.path)
    reader = try JournalReader(folder.path)
    export = try JournalExport.write(reader, to: folder.path + "/out", name: "run")
  }

  @Test("the BDF header holds what is required and recommended, and nothing deprecated")
  func header() throws {
    let columns = try table(".bdf.csv").columns
    let needed = [
      "test_time_second", "voltage_volt", "current_ampere", "unix_time_second", "cycle_count",
      "step_count", "ambient_temperature_celsius", "record_index", "step_id", "step_type",
      "step_time_second", "power_watt", "surface_temperature_celsius", "temperature_t1_celsius",
      "temperature_t2_celsius", "charging_capacity_ah", "discharging_capacity_ah",
      "net_capacity_ah", "cumulative_capacity_ah",
    ]
    #expect(needed.allSatisfy(columns.contains))
    #expect(!columns.contains("temperature_t3_celsius"))
    #expect(Set(columns).count == columns.count)
    #expect(columns.allSatisfy { $0 != "step_index" && !$0.hasSuffix("_millisecond") })
  }

  @Test("measured columns are the journal's, to the last bit; what was not good is empty")
  func numbersRoundTrip() throws {
    let table = try table(".bdf.csv")
    let rows = try sql.allNumbers(
      """
      SELECT test_time_second, voltage_volt, current_ampere, ambient_temperature_celsius,
        temperature_t1_celsius, temperature_t2_celsius, step, scan,
        voltage_volt * current_ampere
      FROM samples ORDER BY scan
      """)
    let names = [
      "test_time_second", "voltage_volt", "current_ampere", "ambient_temperature_celsius",
      "temperature_t1_celsius", "temperature_t2_celsius", "step_count", "record_index",
      "power_watt",
    ]
    #expect(table.rows.count == rows.count)
    for (column, name) in names.enumerated() {
      let want = rows.map { name == "record_index" ? $0[column] + 1 : $0[column] }
      #expect(same(table.numbers(name), want), "\(name)")
    }
    let empty = table.numbers("voltage_volt").filter(\.isNaN).count
    #expect(empty > 0, "no silent meter in this run, so that nothing would be proven")
  }

  @Test("elapsed and unix time advance by the same digits, forwards only")
  func clocksAgree() throws {
    let table = try table(".bdf.csv")
    let test = table.texts("test_time_second").map(Self.microseconds)
    let unix = table.texts("unix_time_second").map(Self.microseconds)
    #expect(test.count == unix.count)
    let base = try #require(zip(unix, test).map { $0 - $1 }.first)
    #expect(zip(unix, test).allSatisfy { $0 - $1 == base })
    #expect(zip(test, test.dropFirst()).allSatisfy { $0 < $1 })
    let header = try sql.numbers("SELECT unix_start_second FROM header")
    #expect(Double(base) / 1e6 == header[0])
  }

  @Test("step count never falls, step time starts at zero with each step")
  func steps() throws {
    let table = try table(".bdf.csv")
    let count = table.numbers("step_count")
    let time = table.numbers("step_time_second")
    let test = table.numbers("test_time_second")
    #expect(zip(count, count.dropFirst()).allSatisfy { $0 <= $1 })
    let starts = try sql.allNumbers("SELECT step, min(test_time_second) FROM samples GROUP BY step")
    let begin = Dictionary(uniqueKeysWithValues: starts.map { ($0[0], $0[1]) })
    #expect(begin.count == 12)
    for index in count.indices {
      #expect(time[index] == test[index] - (begin[count[index]] ?? .nan))
    }
    let types = zip(count, table.texts("step_type")).reduce(into: [Double: String]()) {
      $0[$1.0] = $1.1
    }
    #expect(types[1] == "REST" && types[2] == "CC_DCH" && types[8] == "CC_CHG")
    #expect(types[12] == "", "a ride is not a BDF step type")
  }

  @Test("charge is the trapezoid of the journal's current, by window functions of SQLite")
  func charge() throws {
    let table = try table(".bdf.csv")
    let totals = try sql.numbers(
      """
      WITH valid AS (SELECT test_time_second AS t, current_ampere AS i FROM samples
        WHERE current_ampere IS NOT NULL),
      pairs AS (SELECT t, i, lag(t) OVER w AS t0, lag(i) OVER w AS i0 FROM valid
        WINDOW w AS (ORDER BY t))
      SELECT sum((t - t0) * (max(i, 0) + max(i0, 0)) / 2) / 3600,
        sum((t - t0) * (max(-i, 0) + max(-i0, 0)) / 2) / 3600 FROM pairs WHERE t0 IS NOT NULL
      """)
    let last = { (name: String) in table.numbers(name).last ?? .nan }
    // Both add some thousand terms in another order: 1e-9 relative is far above rounding.
    #expect(abs(last("charging_capacity_ah") - totals[0]) <= 1e-9 * totals[0])
    #expect(abs(last("discharging_capacity_ah") - totals[1]) <= 1e-9 * totals[1])
    for quantity in ["capacity_ah", "energy_wh"] {
      let charging = table.numbers("charging_" + quantity)
      let discharging = table.numbers("discharging_" + quantity)
      #expect(zip(charging, charging.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(zip(discharging, discharging.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(same(table.numbers("net_" + quantity), zip(charging, discharging).map { $0 - $1 }))
      #expect(
        same(table.numbers("cumulative_" + quantity), zip(charging, discharging).map { $0 + $1 }))
    }
  }

  @Test("twin rows are the journal's estimates, keyed to the record, each with its deviation")
  func twin() throws {
    let table = try table(".twin.csv")
    let names = [
      "voltage_volt", "temperature_celsius", "state_of_charge", "negative_surface_stoichiometry",
      "positive_surface_stoichiometry", "negative_potential_at_separator_volt",
    ]
    for name in names {
      let source = name == "voltage_volt" ? "predicted_voltage_volt" : name
      let rows = try sql.allNumbers("SELECT \(source), \(source)_sd FROM estimates ORDER BY scan")
      #expect(same(table.numbers(name), rows.map { $0[0] }), "\(name)")
      #expect(same(table.numbers(name + "_sd"), rows.map { $0[1] }), "\(name)_sd")
    }
    let bdf = try self.table(".bdf.csv")
    #expect(table.texts("record_index") == bdf.texts("record_index"))
    #expect(table.texts("test_time_second") == bdf.texts("test_time_second"))
  }

  @Test("both sidecars are one JSON object with ours under extras, inputs by digest")
  func metadata() throws {
    let texts = try ["run.bdf.csv.metadata.json", "run.metadata.json"].map {
      try Data(contentsOf: URL(fileURLWithPath: folder.path + "/out/" + $0))
    }
    #expect(texts[0] == texts[1])
    let root = try #require(
      try JSONSerialization.jsonObject(with: texts[0]) as? [String: [String: Any]])
    #expect(Array(root.keys) == ["extras"])
    let extras = try #require(root["extras"])
    #expect(extras["asset"] as? String == "M50-001")
    let inputs = try #require(extras["inputs"] as? [[String: Any]])
    let digests = try sql.rows("SELECT sha256 FROM inputs ORDER BY id").map { $0[0] }
    #expect(inputs.map { $0["sha256"] as? String } == digests)
  }

  @Test("a failed export leaves what stood there as it was, and no scraps")
  func failureLeavesNothing() throws {
    let place = folder.path + "/out"
    let before = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
    #expect(before == export.files.map { ($0 as NSString).lastPathComponent }.sorted())
    let empty = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: empty.path)
    let reader = try JournalReader(empty.path)
    #expect(throws: JournalError.self) {
      try JournalExport.write(reader, to: place, name: "run")
    }
    try FileManager.default.createDirectory(
      atPath: place + "/blocked.metadata.json", withIntermediateDirectories: false)
    for (directory, name) in [(place, "blocked"), (folder.path + "/nowhere/deep", "run")] {
      #expect(throws: JournalError.self) {
        try JournalExport.write(self.reader, to: directory, name: name)
      }
    }
    try writer.close()
    let after = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
    #expect(after == (before + ["blocked.metadata.json"]).sorted())
  }

  private func table(_ suffix: String) throws -> CSVTable {
    try CSVTable(path: folder.path + "/out/run" + suffix)
  }

  private func same(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }

  /// A decimal number in units of its sixth digit, without any floating point.
  private static func microseconds(_ text: String) -> Int64 {
    let parts = text.split(separator: ".")
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let padded = fraction.padding(toLength: 6, withPad: "0", startingAt: 0)
    return (Int64(parts[0]) ?? .min) * 1_000_000 + (Int64(padded) ?? .min)
  }
}
