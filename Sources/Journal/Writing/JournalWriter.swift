import GRDB
public import Records

/// Appends to a run's `journal.sqlite`.
///
/// One connection in WAL mode with `synchronous=FULL`: when `append` returns, its rows survive a
/// power cut (measured cost: about 4 ms a commit, which is why records are committed in groups by
/// `JournalThread` and never from the scan thread).
public final class JournalWriter: Sendable {
  /// Name of the file inside a run's folder.
  public static let fileName = "journal.sqlite"

  /// Path of the file.
  public let path: String
  private let queue: DatabaseQueue

  private init(path: String, queue: DatabaseQueue) {
    self.path = path
    self.queue = queue
  }

  /// Opens the journal in the folder `directory`, which must exist; makes it when it is not there.
  public static func open(directory: String) throws(JournalError) -> JournalWriter {
    let path = directory + "/" + fileName
    do {
      var configuration = Configuration()
      configuration.journalMode = .wal
      configuration.label = "journal"
      configuration.busyMode = .timeout(10)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      // GRDB lowers a WAL connection to NORMAL after `prepareDatabase`, so that FULL asked for
      // there is silently lost: ask now, and believe only what is read back.
      let level = try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = FULL")
        return try Int.fetchOne(db, sql: "PRAGMA synchronous")
      }
      guard level == 2 else {
        throw JournalError(.write, "\(path): synchronous is \(level ?? -1), must be 2 (FULL)")
      }
      try queue.write { db in try prepareSchema(db, path) }
      return JournalWriter(path: path, queue: queue)
    } catch let error as JournalError {
      throw error
    } catch {
      throw JournalError(.place, "\(path): cannot be opened as a journal: \(Self.line(error))")
    }
  }

  /// Adds `records` in their order, all or none, and returns when they are on the disk.
  public func append(_ records: [Records.Record]) throws(JournalError) {
    guard !records.isEmpty else { return }
    do {
      try queue.write { db in
        for record in records { try db.insert(record) }
      }
    } catch {
      throw JournalError(
        .write, "\(path): \(records.count) records not written: \(Self.line(error))")
    }
  }

  /// Folds the write-ahead log into the file, so that one file is the whole record, and closes it.
  public func close() throws(JournalError) {
    do {
      try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
      try queue.close()
    } catch {
      throw JournalError(.write, "\(path): not closed: \(Self.line(error))")
    }
  }

  /// What `PRAGMA synchronous` says in the writing connection; 2 is FULL.
  public func synchronousLevel() throws(JournalError) -> Int {
    do {
      return try queue.read { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1 }
    } catch {
      throw JournalError(.read, "\(path): \(Self.line(error))")
    }
  }

  private static func prepareSchema(_ db: Database, _ path: String) throws {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
    if isEmpty {
      try db.execute(sql: JournalSchema.creation)
    } else if application != JournalSchema.applicationID || version != JournalSchema.version {
      throw JournalError(
        .place,
        "\(path): not a journal of schema \(JournalSchema.version)"
          + " (application \(application), schema \(version))")
    }
  }

  private static func line(_ error: any Error) -> String {
    if let error = error as? DatabaseError {
      return "SQLite \(error.resultCode.rawValue): \(error.message ?? "no message")"
    }
    return "\(error)"
  }
}
