import Journal
import JournalTestKit
import Testing

@Suite("A journal only grows")
struct AppendOnlyTests {
  static let tables = [
    "header", "sittings", "pace_marks", "library_versions", "inputs", "samples", "estimates",
    "decisions", "commands",
    "events", "timing", "charges", "ended",
  ]
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/journal.sqlite"
    let writer = try JournalWriter.open(directory: folder.path)
    try writer.append(SyntheticRun.records(scale: 0.002))
    try writer.close()
  }

  @Test("no row of any table can be changed, removed or replaced by whoever opens the file")
  func refusesEverythingButInsert() throws {
    let sql = try PlainSQL(path)
    let found = try sql.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    #expect(found.compactMap(\.first) == (Self.tables + ["quality_codes"]).sorted())
    for table in Self.tables {
      let before = try sql.rows("SELECT * FROM \(table)")
      #expect(!before.isEmpty, "\(table) is empty, so that nothing would be proven")
      let column = try sql.rows("SELECT name FROM pragma_table_info('\(table)') LIMIT 1")
      let key = try #require(column.first?.first ?? nil)
      #expect(throws: PlainSQL.Refusal.self) {
        try sql.rows("UPDATE \(table) SET \(key) = \(key) + 1")
      }
      #expect(throws: PlainSQL.Refusal.self) { try sql.rows("DELETE FROM \(table)") }
      #expect(throws: PlainSQL.Refusal.self) {
        try sql.rows("INSERT OR REPLACE INTO \(table) SELECT * FROM \(table) LIMIT 1")
      }
      #expect(try sql.rows("SELECT * FROM \(table)") == before)
    }
  }

  @Test("the reader's connection cannot write either")
  func readerCannotWrite() throws {
    let reader = try JournalReader(folder.path)
    #expect(throws: JournalError.self) {
      try reader.read { try $0.each("DROP TABLE samples") { _ in } }
    }
    try reader.checkIntegrity()
  }
}
