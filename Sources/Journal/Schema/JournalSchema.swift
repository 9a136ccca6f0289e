/// The tables of `journal.sqlite`. Columns carry their unit; current is positive when it charges.
///
/// Rows are only ever added: triggers refuse UPDATE, DELETE and the silent delete inside REPLACE.
/// A change of any definition here is a new `version`.
enum JournalSchema {
  /// `PRAGMA user_version`. 2: a run may have several sittings, and charges that policies decided on; 1 is read,
  /// and not continued.
  static let version = 2
  /// `PRAGMA application_id`, "LKST": tells a journal from any other SQLite file.
  static let applicationID: Int32 = 0x4C4B_5354

  /// Tables that receive records, with the key that a second row may not take again.
  static let tables: [(name: String, key: String, definition: String)] = [
    (
      "header", "id",
      """
      id INTEGER PRIMARY KEY CHECK (id = 1), run TEXT NOT NULL, asset TEXT NOT NULL,
      bench TEXT NOT NULL, unix_start_second REAL NOT NULL, pace TEXT NOT NULL,
      version TEXT NOT NULL, research_override TEXT, scan_period_second REAL NOT NULL,
      control_period_second REAL NOT NULL
      """
    ),
    (
      "sittings", "id",
      """
      id INTEGER PRIMARY KEY, first_scan INTEGER NOT NULL, test_time_second REAL NOT NULL,
      unix_time_second REAL NOT NULL, version TEXT NOT NULL
      """
    ),
    (
      "pace_marks", "id",
      "id INTEGER PRIMARY KEY, test_time_second REAL NOT NULL, pace_second REAL NOT NULL"
    ),
    ("library_versions", "id", "id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL"),
    (
      "inputs", "id",
      """
      id INTEGER PRIMARY KEY, role TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL,
      byte_count INTEGER NOT NULL, content BLOB NOT NULL
      """
    ),
    (
      "samples", "scan",
      """
      scan INTEGER PRIMARY KEY, test_time_second REAL NOT NULL, unix_time_second REAL NOT NULL,
      phase INTEGER NOT NULL, step INTEGER NOT NULL, surface_count INTEGER NOT NULL,
      surface_temperature_celsius REAL,
      """ + ReadingColumn.ofSample.map(\.definition).joined(separator: ",\n")
    ),
    (
      "estimates", "scan",
      """
      scan INTEGER PRIMARY KEY, test_time_second REAL NOT NULL,
      predicted_voltage_volt REAL, predicted_voltage_volt_sd REAL,
      voltage_innovation_volt REAL, normalised_innovation_squared REAL,
      assimilated_channels INTEGER NOT NULL,
      state_of_charge REAL, state_of_charge_sd REAL,
      temperature_celsius REAL, temperature_celsius_sd REAL,
      negative_potential_at_separator_volt REAL, negative_potential_at_separator_volt_sd REAL,
      negative_surface_stoichiometry REAL, negative_surface_stoichiometry_sd REAL,
      positive_surface_stoichiometry REAL, positive_surface_stoichiometry_sd REAL,
      discrepancy_volt REAL, discrepancy_volt_sd REAL, open_circuit_voltage_volt REAL
      """
    ),
    (
      "decisions", "id",
      """
      id INTEGER PRIMARY KEY, scan INTEGER NOT NULL, test_time_second REAL NOT NULL,
      phase INTEGER NOT NULL, step INTEGER NOT NULL, requested_ampere REAL,
      admitted_ampere REAL, binding TEXT NOT NULL, reason TEXT NOT NULL
      """
    ),
    (
      "commands", "id",
      """
      id INTEGER PRIMARY KEY, scan INTEGER NOT NULL, test_time_second REAL NOT NULL,
      instrument TEXT NOT NULL, command TEXT NOT NULL, requested REAL, readback REAL,
      agrees INTEGER NOT NULL
      """
    ),
    (
      "events", "id",
      """
      id INTEGER PRIMARY KEY, test_time_second REAL NOT NULL, unix_time_second REAL NOT NULL,
      severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'fault', 'trip')),
      event TEXT NOT NULL, message TEXT NOT NULL
      """
    ),
    (
      "timing", "scan",
      """
      scan INTEGER PRIMARY KEY, lateness_microsecond REAL, acquire_microsecond REAL,
      twin_microsecond REAL, actuate_microsecond REAL, total_microsecond REAL,
      twin_missed INTEGER NOT NULL
      """
    ),
    (
      "charges", "id",
      """
      id INTEGER PRIMARY KEY, stage TEXT NOT NULL CHECK (stage IN ('promised', 'happened')),
      test_time_second REAL NOT NULL, phase INTEGER NOT NULL, policy TEXT NOT NULL,
      state_of_charge_start REAL, state_of_charge_end REAL, temperature_start_celsius REAL,
      duration_second REAL, duration_low_second REAL, duration_high_second REAL,
      voltage_highest_volt REAL, voltage_highest_volt_sd REAL,
      temperature_highest_celsius REAL, temperature_highest_celsius_sd REAL,
      negative_potential_at_separator_lowest_volt REAL,
      negative_potential_at_separator_lowest_volt_sd REAL
      """
    ),
    (
      "ended", "id",
      """
      id INTEGER PRIMARY KEY, status INTEGER NOT NULL, message TEXT NOT NULL,
      test_time_second REAL NOT NULL, unix_time_second REAL NOT NULL
      """
    ),
  ]

  /// Everything that makes an empty file a journal.
  static var creation: String {
    var sql = tables.map { "CREATE TABLE \($0.name) (\n\($0.definition)\n) STRICT;" }
    sql.append("CREATE TABLE quality_codes (code INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;")
    sql.append(
      "INSERT INTO quality_codes VALUES (0, 'good'), (1, 'sensor_fault'), (2, 'missing'),"
        + " (3, 'implausible');")
    sql.append("CREATE INDEX decisions_by_scan ON decisions (scan);")
    for table in tables { sql.append(contentsOf: appendOnly(table.name, key: table.key)) }
    sql.append(contentsOf: appendOnly("quality_codes", key: "code"))
    sql.append("PRAGMA application_id = \(applicationID);")
    sql.append("PRAGMA user_version = \(version);")
    return sql.joined(separator: "\n")
  }

  /// Lets the queries of this version find in a file of schema 1 what it lacks: one sitting, its header's.
  static let viewsOfFirst = """
    CREATE TEMP VIEW sittings AS SELECT 1 AS id, 0 AS first_scan, 0.0 AS test_time_second,
      unix_start_second AS unix_time_second, version FROM header;
    CREATE TEMP VIEW pace_marks AS SELECT 1 AS id, 0.0 AS test_time_second, 0.0 AS pace_second WHERE 0;
    """

  // REPLACE deletes without firing a DELETE trigger unless recursive triggers are on in the
  // connection at hand, so that an insert over an existing key is refused on its own account.
  private static func appendOnly(_ table: String, key: String) -> [String] {
    let refuse = "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;"
    return [
      "CREATE TRIGGER \(table)_no_update BEFORE UPDATE ON \(table) \(refuse)",
      "CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table) \(refuse)",
      """
      CREATE TRIGGER \(table)_no_replace BEFORE INSERT ON \(table)
      WHEN EXISTS (SELECT 1 FROM \(table) WHERE \(key) = NEW.\(key)) \(refuse)
      """,
    ]
  }
}
