/// One line: what could not be done with a journal, where, and why.
public struct JournalError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong.
  public enum Code: Sendable, Hashable {
    /// The file or folder is not there, or is not a journal of a schema that we know.
    case place
    /// The disk or SQLite refused to write.
    case write
    /// A query failed.
    case read
    /// SQLite says that the file is damaged.
    case damaged
  }

  /// What kind of failure.
  public var code: Code
  /// The whole line.
  public var description: String

  /// An error with its line.
  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
