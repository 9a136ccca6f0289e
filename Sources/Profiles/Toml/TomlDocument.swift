/// A TOML file of ours, parsed: UTF-8 with or without byte order mark, `schema = 1`.
///
/// Read `root` key by key, then call `finish()`, which refuses whatever nobody asked for.
public final class TomlDocument {
  /// Largest file that is read, bytes.
  public static let maximumSize = 1 << 20

  /// The file as it was named.
  public let file: String
  /// The file's bytes, for the journal.
  public let bytes: [UInt8]
  /// The top table.
  public let root: TomlTable

  /// Reads and parses the file at `path`, a regular file of at most `maximumSize` bytes.
  public convenience init(path: String) throws(ProfileError) {
    try self.init(bytes: ProfileBytes.read(path, limit: Self.maximumSize), file: path)
  }

  /// Parses `text` as if it stood in `file`.
  public convenience init(text: String, file: String) throws(ProfileError) {
    try self.init(bytes: Array(text.utf8), file: file)
  }

  /// Parses `bytes` as if they stood in `file`.
  public init(bytes: [UInt8], file: String) throws(ProfileError) {
    guard bytes.count <= Self.maximumSize else {
      throw ProfileError(file: file, "\(bytes.count) bytes: at most \(Self.maximumSize) are read")
    }
    self.file = file
    self.bytes = bytes
    let parsed = try TomlParser.parse(bytes, file: file)
    guard case .table(let entries) = parsed.content else {
      preconditionFailure("ctoml: the root of \(file) is no table")
    }
    root = TomlTable(file: file, path: "", line: 1, entries: entries)
    guard root.contains("schema") else {
      throw ProfileError(file: file, line: 1, key: "schema", "missing: schema = 1 is wanted")
    }
    let schema = try root.integer("schema")
    guard schema == 1 else { throw root.error("schema", "only schema = 1 is known") }
  }

  /// Refuses the first key, in the file's order, that nobody asked for.
  public func finish() throws(ProfileError) { try root.finish() }
}
