import GRDB

/// One consistent state of a journal, valid inside `JournalReader.read`.
public struct JournalView {
  private let db: Database

  init(_ db: Database) { self.db = db }

  /// Runs one query and hands its rows to `body`, one at a time; `?` in `sql` take `arguments`.
  public func each(
    _ sql: String, _ arguments: [Double] = [], _ body: (JournalRow) throws -> Void
  ) throws {
    let statement = try db.cachedStatement(sql: sql)
    let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
    while let row = try rows.next() { try body(JournalRow(row)) }
  }

  /// All rows of a query, as `make` reads them.
  public func all<T>(
    _ sql: String, _ arguments: [Double] = [], _ make: (JournalRow) throws -> T
  ) throws -> [T] {
    var found: [T] = []
    try each(sql, arguments) { found.append(try make($0)) }
    return found
  }

  /// The first row of a query, as `make` reads it, or nil when there is none.
  public func one<T>(
    _ sql: String, _ arguments: [Double] = [], _ make: (JournalRow) throws -> T
  ) throws -> T? {
    let statement = try db.cachedStatement(sql: sql)
    let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
    return try rows.next().map { try make(JournalRow($0)) }
  }
}
