import GRDB

/// Reads a run's journal, also while the run goes on; cannot write.
public final class JournalReader: Sendable {
  /// Path of the file.
  public let path: String
  /// The file's schema: 1 has one sitting and cannot be continued.
  public let schema: Int
  private let queue: DatabaseQueue

  /// Opens the journal `place`: a run's folder or the file itself.
  public init(_ place: String) throws(JournalError) {
    let isFile = place.hasSuffix(".sqlite")
    let path = isFile ? place : place + "/" + JournalWriter.fileName
    self.path = path
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(10)
      configuration.prepareDatabase { db in
        guard try Int.fetchOne(db, sql: "PRAGMA user_version") == 1,
          try Int32.fetchOne(db, sql: "PRAGMA application_id") == JournalSchema.applicationID
        else { return }
        try db.execute(sql: JournalSchema.viewsOfFirst)
      }
      queue = try DatabaseQueue(path: path, configuration: configuration)
      let (application, version) = try queue.read { db in
        (
          try Int32.fetchOne(db, sql: "PRAGMA application_id"),
          try Int.fetchOne(db, sql: "PRAGMA user_version")
        )
      }
      guard application == JournalSchema.applicationID else {
        throw JournalError(.place, "\(path): not a journal")
      }
      guard let version, (1...JournalSchema.version).contains(version) else {
        throw JournalError(
          .place,
          "\(path): schema \(version ?? 0), this version reads schemas 1 to \(JournalSchema.version)"
        )
      }
      schema = version
    } catch {
      throw Self.translated(error, path)
    }
  }

  /// Runs `body` on one consistent state of the journal: a run that goes on does not move under it.
  public func read<T>(_ body: (JournalView) throws -> T) throws -> T {
    do {
      return try queue.read { db in try body(JournalView(db)) }
    } catch let error as DatabaseError {
      throw Self.translated(error, path)
    }
  }

  /// Has SQLite check the whole file; throws `.damaged` with its first complaint.
  public func checkIntegrity() throws {
    let verdict = try read { try $0.one("PRAGMA integrity_check") { $0.text(0) } } ?? nil
    guard verdict == "ok" else {
      throw JournalError(.damaged, "\(path): \(verdict ?? "no answer from integrity_check")")
    }
  }

  /// Lets the file go.
  public func close() {
    try? queue.close()
  }

  private static func translated(_ error: any Error, _ path: String) -> JournalError {
    switch error {
    case let error as JournalError: return error
    case let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN:
      return JournalError(.place, "\(path): no such journal")
    case let error as DatabaseError
    where error.resultCode == .SQLITE_NOTADB || error.resultCode == .SQLITE_CORRUPT:
      return JournalError(.damaged, "\(path): \(error.message ?? "damaged")")
    case let error as DatabaseError:
      let code = error.resultCode.rawValue
      return JournalError(.read, "\(path): SQLite \(code): \(error.message ?? "no message")")
    default: return JournalError(.read, "\(path): \(error)")
    }
  }
}
