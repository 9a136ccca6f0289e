import GRDBSQLite

/// One column of numbers out of a run's journal.
enum JournalNumbers {
  static func column(_ sql: String, in path: String) throws -> [Double] {
    var handle: OpaquePointer?
    guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else {
      throw ProofFailure("\(path): cannot be opened")
    }
    defer { sqlite3_close(handle) }
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
      throw ProofFailure("\(path): \(String(cString: sqlite3_errmsg(handle)))")
    }
    defer { sqlite3_finalize(statement) }
    var numbers: [Double] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      numbers.append(sqlite3_column_double(statement, 0))
    }
    return numbers
  }
}
