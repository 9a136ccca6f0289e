import GRDBSQLite

/// SQLite's C interface and nothing of ours: the independent reader of the tests.
public final class PlainSQL {
  private var handle: OpaquePointer?

  /// What SQLite answered instead of a result.
  public struct Refusal: Error, CustomStringConvertible {
    /// SQLite's own message.
    public let description: String
  }

  /// Opens the file at `path` for reading and writing.
  public init(_ path: String) throws {
    guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
      throw Refusal(description: "cannot open \(path)")
    }
    sqlite3_busy_timeout(handle, 5000)
  }

  deinit { sqlite3_close(handle) }

  /// All rows of `sql`; NULL is nil, everything else its text as SQLite writes it.
  @discardableResult
  public func rows(_ sql: String) throws -> [[String?]] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
      throw Refusal(description: String(cString: sqlite3_errmsg(handle)))
    }
    defer { sqlite3_finalize(statement) }
    var rows: [[String?]] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append(
          (0..<sqlite3_column_count(statement)).map { column in
            sqlite3_column_text(statement, column).map { String(cString: $0) }
          })
      case SQLITE_DONE: return rows
      default: throw Refusal(description: String(cString: sqlite3_errmsg(handle)))
      }
    }
  }

  /// The numbers of the first row of `sql`; NULL is NaN. Read without a detour over text.
  public func numbers(_ sql: String) throws -> [Double] {
    try allNumbers(sql).first ?? []
  }

  /// The numbers of all rows of `sql`; NULL is NaN.
  public func allNumbers(_ sql: String) throws -> [[Double]] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
      throw Refusal(description: String(cString: sqlite3_errmsg(handle)))
    }
    defer { sqlite3_finalize(statement) }
    var rows: [[Double]] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      rows.append(
        (0..<sqlite3_column_count(statement)).map { column in
          sqlite3_column_type(statement, column) == SQLITE_NULL
            ? .nan : sqlite3_column_double(statement, column)
        })
    }
    return rows
  }
}
