/// The tables of `assets.sqlite`. Columns carry their unit; current is positive when it charges.
///
/// Rows are only ever added: triggers refuse UPDATE, DELETE and the silent delete inside REPLACE.
/// A change of any definition here is a new `version`.
enum AssetSchema {
  /// `PRAGMA user_version`.
  static let version = 1
  /// `PRAGMA application_id`, "LKSA": tells an asset store from any other SQLite file.
  static let applicationID: Int32 = 0x4C4B_5341

  /// Each with its keys: what a second row may not take again.
  static let tables: [(name: String, keys: [[String]], definition: String)] = [
    (
      "assets", [["name"]],
      "id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, unix_time_second REAL NOT NULL"
    ),
    (
      "versions", [["asset", "number"], ["asset", "record_sha256"]],
      """
      id INTEGER PRIMARY KEY, asset INTEGER NOT NULL REFERENCES assets (id),
      number INTEGER NOT NULL CHECK (number > 0),
      parent INTEGER CHECK (parent = number - 1), unix_time_second REAL NOT NULL,
      cell_file TEXT NOT NULL, cell_sha256 TEXT NOT NULL,
      record TEXT NOT NULL, record_sha256 TEXT NOT NULL, record_start_second REAL,
      record_end_second REAL, cycles REAL NOT NULL, command TEXT NOT NULL, filter TEXT NOT NULL,
      program_version TEXT NOT NULL, UNIQUE (asset, number), UNIQUE (asset, record_sha256),
      CHECK ((parent IS NULL) = (number = 1)),
      CHECK ((record_start_second IS NULL) = (record_end_second IS NULL))
      """
    ),
    (
      "parameters", [["version", "place"], ["version", "name"]],
      """
      version INTEGER NOT NULL REFERENCES versions (id), place INTEGER NOT NULL,
      name TEXT NOT NULL, unit TEXT NOT NULL, mean REAL NOT NULL,
      PRIMARY KEY (version, place), UNIQUE (version, name)
      """
    ),
    (
      "covariances", [["version", "place", "other_place"]],
      """
      version INTEGER NOT NULL, place INTEGER NOT NULL,
      other_place INTEGER NOT NULL CHECK (other_place <= place), covariance REAL NOT NULL,
      PRIMARY KEY (version, place, other_place),
      FOREIGN KEY (version, place) REFERENCES parameters (version, place)
      """
    ),
    (
      "health", [["version", "name"]],
      """
      version INTEGER NOT NULL REFERENCES versions (id), name TEXT NOT NULL, mean REAL NOT NULL,
      sd REAL NOT NULL CHECK (sd >= 0), PRIMARY KEY (version, name)
      """
    ),
    (
      "predictions", [],
      """
      id INTEGER PRIMARY KEY, version INTEGER NOT NULL REFERENCES versions (id),
      unix_time_second REAL NOT NULL, quantity TEXT NOT NULL, horizon_second REAL NOT NULL,
      condition TEXT NOT NULL CHECK (condition IN ('current', 'steps', 'record')),
      current_ampere REAL, steps TEXT, state_of_charge REAL, state_of_charge_sd REAL,
      ambient_temperature_celsius REAL, record_sha256 TEXT, record_time_second REAL,
      mean REAL NOT NULL, sd REAL NOT NULL CHECK (sd > 0)
      """
    ),
    (
      "scores", [],
      """
      prediction INTEGER PRIMARY KEY REFERENCES predictions (id),
      unix_time_second REAL NOT NULL, record_sha256 TEXT NOT NULL, measured REAL NOT NULL,
      error REAL NOT NULL, z REAL NOT NULL, inside_95 INTEGER NOT NULL CHECK (inside_95 IN (0, 1))
      """
    ),
  ]

  /// Everything that makes an empty file an asset store.
  static var creation: String {
    var sql = tables.map { "CREATE TABLE \($0.name) (\n\($0.definition)\n) STRICT;" }
    sql.append("CREATE INDEX predictions_by_version ON predictions (version);")
    for table in tables { sql.append(contentsOf: appendOnly(table.name, keys: table.keys)) }
    sql.append("PRAGMA application_id = \(applicationID);")
    sql.append("PRAGMA user_version = \(version);")
    return sql.joined(separator: "\n")
  }

  // REPLACE deletes without firing a DELETE trigger unless recursive triggers are on in the
  // connection at hand, so that an insert over an existing key is refused on its own account.
  private static func appendOnly(_ table: String, keys: [[String]]) -> [String] {
    let refuse = "BEGIN SELECT RAISE(ABORT, 'the asset store is append-only'); END;"
    let same = (keys + [["rowid"]]).map { key in
      "(" + key.map { "\($0) = NEW.\($0)" }.joined(separator: " AND ") + ")"
    }.joined(separator: " OR ")
    return [
      "CREATE TRIGGER \(table)_no_update BEFORE UPDATE ON \(table) \(refuse)",
      "CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table) \(refuse)",
      """
      CREATE TRIGGER \(table)_no_replace BEFORE INSERT ON \(table)
      WHEN EXISTS (SELECT 1 FROM \(table) WHERE \(same)) \(refuse)
      """,
    ]
  }
}
