import GRDB

extension JournalWriter {
  /// Version of SQLite that is linked, as in `3.40.1`; nil when it cannot be asked.
  public static var libraryVersion: String? {
    try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
  }
}
