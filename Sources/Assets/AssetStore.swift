import GRDB

/// The twins of all assets of one data folder: versions, predictions and their scores, in `assets.sqlite`.
///
/// WAL mode with `synchronous=FULL`: what a call has returned from survives a power cut. Each call is one
/// transaction that takes the write lock at its start, so that writers queue up and none sees half of another.
public final class AssetStore: Sendable {
  /// Name of the file inside the data folder.
  public static let fileName = "assets.sqlite"

  /// Path of the file.
  public let path: String
  let queue: DatabaseQueue

  /// Opens the store in the folder `directory`, which must exist.
  ///
  /// - Parameter writing: whether it will be written to, and made when it is not there.
  public init(directory: String, writing: Bool) throws(AssetError) {
    let path = directory + "/" + Self.fileName
    self.path = path
    do {
      var configuration = Configuration()
      configuration.label = "assets"
      configuration.busyMode = .timeout(10)
      if writing { configuration.journalMode = .wal } else { configuration.readonly = true }
      queue = try DatabaseQueue(path: path, configuration: configuration)
      if writing {
        // GRDB lowers a WAL connection to NORMAL after `prepareDatabase`: ask now.
        try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
        try queue.write { db in try Self.prepareSchema(db, path) }
      } else {
        try queue.read { db in try Self.checkSchema(db, path) }
      }
    } catch {
      throw Self.translated(error, path)
    }
  }

  /// Folds the write-ahead log into the file and closes it.
  public func close() throws(AssetError) {
    do {
      try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
      try queue.close()
    } catch {
      throw Self.translated(error, path)
    }
  }

  /// Whether `name` can be an asset's: letters, digits, `-`, `_` and `.`, 1 to 64, not beginning with a dot.
  public static func isName(_ name: String) -> Bool {
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    return (1...64).contains(name.count) && name.allSatisfy(allowed.contains)
      && name.first != "." && name.first != "-"
  }

  func read<T>(_ body: (Database) throws -> T) throws(AssetError) -> T {
    do { return try queue.read(body) } catch { throw Self.translated(error, path) }
  }

  func write<T>(_ body: (Database) throws -> T) throws(AssetError) -> T {
    do { return try queue.write(body) } catch { throw Self.translated(error, path) }
  }

  private static func prepareSchema(_ db: Database, _ path: String) throws {
    if try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0 {
      try db.execute(sql: AssetSchema.creation)
    } else {
      try checkSchema(db, path)
    }
  }

  private static func checkSchema(_ db: Database, _ path: String) throws {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard application == AssetSchema.applicationID else {
      throw AssetError(.place, "\(path): not an asset store")
    }
    guard version == AssetSchema.version else {
      throw AssetError(
        .place,
        "\(path): schema \(version), this version reads schema \(AssetSchema.version)")
    }
  }

  static func translated(_ error: any Error, _ path: String) -> AssetError {
    guard let error = error as? DatabaseError else {
      return error as? AssetError ?? AssetError(.read, "\(path): \(error)")
    }
    let message = error.message ?? "no message"
    switch error.resultCode {
    case .SQLITE_CANTOPEN: return AssetError(.place, "\(path): cannot be opened")
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: return AssetError(.place, "\(path): \(message)")
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_BUSY, .SQLITE_CONSTRAINT:
      return AssetError(.write, "\(path): SQLite \(error.resultCode.rawValue): \(message)")
    default:
      return AssetError(.read, "\(path): SQLite \(error.resultCode.rawValue): \(message)")
    }
  }
}
