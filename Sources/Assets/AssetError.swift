/// One line: what could not be done with the asset store, where, and why.
public struct AssetError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong.
  public enum Code: Sendable, Hashable {
    /// The file is not there, or is not an asset store of a schema that we know.
    case place
    /// There is no such asset, or its name is not one.
    case name
    /// Another writer was faster.
    case conflict
    /// The disk or SQLite refused to write.
    case write
    /// A query failed, or the file is damaged.
    case read
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
