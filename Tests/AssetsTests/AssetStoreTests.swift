import Assets
import Foundation
import JournalTestKit
import Testing

@Suite("The asset store only grows")
struct AssetStoreTests {
  let folder: TemporaryFolder
  var path: String { folder.path + "/" + AssetStore.fileName }

  init() throws { folder = try TemporaryFolder() }

  @Test("What goes in comes out, and stands in plain SQL")
  func roundTrip() throws {
    let store = try AssetStore(directory: folder.path, writing: true)
    let first = Sample.version(1)
    let second = Sample.version(2)
    try store.append(first, to: "M50-001")
    let said = Sample.prediction(of: 1)
    try store.append(
      second, to: "M50-001", predictions: [(prediction: said, measured: said.mean + 3 * said.sd)])
    try store.log([Sample.whatIf(of: 2)], of: "M50-001")
    #expect(try store.versions(of: "M50-001") == [first, second])
    #expect(try store.newest(of: "M50-001") == second)
    #expect(try store.names() == ["M50-001"])
    try store.close()

    let again = try AssetStore(directory: folder.path, writing: false)
    #expect(try again.versions(of: "M50-001") == [first, second])
    let log = try again.predictions(of: "M50-001")
    #expect(log.count == 2 && log[1].score == nil)
    var whatIf = Sample.whatIf(of: 2)
    whatIf.id = log[1].prediction.id
    #expect(log[1].prediction == whatIf)
    let score = try #require(log[0].score)
    #expect(abs(score.z - 3) < 1e-12 && !score.isInside && score.recordHash == "record2")

    let sql = try PlainSQL(path)
    #expect(
      try sql.rows(
        "SELECT name, number, parent, cell_file, record_sha256, filter FROM versions, assets WHERE assets.id = asset ORDER BY number"
      ) == [
        ["M50-001", "1", nil, "chen2020", "record1", "ekf"],
        ["M50-001", "2", "1", "chen2020", "record2", "ekf"],
      ])
    let rows = try sql.allNumbers(
      "SELECT place, other_place, covariance FROM covariances WHERE version = 2 ORDER BY place, other_place"
    )
    #expect(rows == [[0, 0, 4], [1, 0, 1], [1, 1, 9]])
    #expect(try sql.numbers("SELECT error, z FROM scores")[1] == score.z)
  }

  @Test("No row of any table can be changed, removed or replaced by whoever opens the file")
  func appendOnly() throws {
    let store = try AssetStore(directory: folder.path, writing: true)
    try store.append(Sample.version(1), to: "a")
    try store.append(
      Sample.version(2), to: "a", predictions: [(prediction: Sample.prediction(of: 1), measured: 3)]
    )
    try store.close()
    let sql = try PlainSQL(path)
    let tables = try sql.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .compactMap { $0[0] }
    #expect(
      tables == [
        "assets", "covariances", "health", "parameters", "predictions", "scores", "versions",
      ])
    for table in tables {
      let before = try sql.rows("SELECT rowid, * FROM \(table)")
      #expect(!before.isEmpty, "\(table) is empty, so that nothing would be proven")
      for column in try sql.rows("SELECT name FROM pragma_table_info('\(table)')") {
        let name = try #require(column[0])
        #expect(throws: PlainSQL.Refusal.self) {
          try sql.rows("UPDATE \(table) SET \(name) = NULL")
        }
      }
      #expect(throws: PlainSQL.Refusal.self) { try sql.rows("DELETE FROM \(table)") }
      #expect(throws: PlainSQL.Refusal.self) {
        try sql.rows("INSERT OR REPLACE INTO \(table) SELECT * FROM \(table) LIMIT 1")
      }
      #expect(try sql.rows("SELECT rowid, * FROM \(table)") == before)
    }
    // Another key of a version, its record, is held as well.
    #expect(throws: PlainSQL.Refusal.self) {
      try sql.rows(
        """
        INSERT OR REPLACE INTO versions SELECT NULL, asset, 3, 2, unix_time_second, cell_file,
          cell_sha256, record, record_sha256, NULL, NULL, cycles, command, filter, program_version
        FROM versions WHERE number = 1
        """)
    }
    #expect(try sql.numbers("SELECT count(*) FROM versions") == [2])
  }

  @Test("Only the newest version is continued, a record counts once, and names are names")
  func refused() throws {
    let store = try AssetStore(directory: folder.path, writing: true)
    try store.append(Sample.version(1), to: "a")
    try store.append(Sample.version(2), to: "a")
    var twin = Sample.version(2)
    twin.provenance.recordHash = "another"
    #expect(throws: AssetError.self) { try store.append(twin, to: "a") }
    var again = Sample.version(3)
    again.provenance.recordHash = "record1"
    do {
      try store.append(again, to: "a")
      Issue.record("the record counted twice")
    } catch {
      #expect(error.code == .conflict && error.description.contains("version 1 of a"))
    }
    #expect(throws: AssetError.self) { try store.append(Sample.version(2), to: "new") }
    for name in ["", "../a", ".a", "-a", "a b", String(repeating: "a", count: 65)] {
      #expect(throws: AssetError.self) { try store.append(Sample.version(1), to: name) }
    }
    #expect(throws: AssetError.self) { try store.log([Sample.whatIf(of: 7)], of: "a") }
    // Nothing of what was refused is left.
    #expect(try store.names() == ["a"] && store.versions(of: "a").count == 2)
  }

  @Test("A prediction is scored once")
  func scoredOnce() throws {
    let store = try AssetStore(directory: folder.path, writing: true)
    try store.append(Sample.version(1), to: "a")
    try store.log([Sample.whatIf(of: 1)], of: "a")
    let logged = try store.predictions(of: "a")[0].prediction
    func score(_ measured: Double) -> PredictionScore {
      PredictionScore(of: logged, measured: measured, recordHash: "r", unixTime: 5)
    }
    try store.append(Sample.version(2), to: "a", scores: [score(logged.mean + logged.sd)])
    #expect(throws: AssetError.self) {
      try store.append(Sample.version(3), to: "a", scores: [score(logged.mean)])
    }
    let z = try #require(try store.predictions(of: "a")[0].score).z
    #expect(abs(z - 1) < 1e-9)
    // All or none: the version went with its score.
    #expect(try store.versions(of: "a").count == 2)
  }

  @Test("Another file, an unknown schema and no file are refused in one line")
  func wrongFiles() throws {
    #expect(throws: AssetError.self) { try AssetStore(directory: folder.path, writing: false) }
    let store = try AssetStore(directory: folder.path, writing: true)
    try store.append(Sample.version(1), to: "a")
    try store.close()
    let sql = try PlainSQL(path)
    try sql.rows("PRAGMA user_version = 2")
    for writing in [true, false] {
      do {
        _ = try AssetStore(directory: folder.path, writing: writing)
        Issue.record("schema 2 was taken")
      } catch {
        #expect(error.code == .place && error.description.contains("schema 2"))
        #expect(!error.description.contains("\n"))
      }
    }
    try sql.rows("PRAGMA user_version = 1")
    try sql.rows("PRAGMA application_id = 7")
    #expect(throws: AssetError.self) { try AssetStore(directory: folder.path, writing: true) }
    let text = folder.path + "/text"
    try FileManager.default.createDirectory(atPath: text, withIntermediateDirectories: true)
    try String(repeating: "not a store. ", count: 100).write(
      toFile: text + "/" + AssetStore.fileName, atomically: true, encoding: .utf8)
    for writing in [true, false] {
      #expect(throws: AssetError.self) { try AssetStore(directory: text, writing: writing) }
    }
  }
}
