/// One value of a TOML file with its place.
public struct TomlValue: Sendable, Hashable {
  /// What it holds.
  public indirect enum Content: Sendable, Hashable {
    case string(String)
    case integer(Int)
    case number(Double)
    case bool(Bool)
    case array([TomlValue])
    case table([TomlEntry])
    /// A date or time; no file of ours has one.
    case date
  }

  /// What it holds.
  public var content: Content
  /// Line where it starts, from 1.
  public var line: Int
  /// Column where it starts, from 1.
  public var column: Int

  /// The value as it would be written in an error line.
  public var text: String {
    switch content {
    case .string(let value): "\"\(value)\""
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .bool(let value): "\(value)"
    case .array(let values): "[" + values.prefix(4).map(\.text).joined(separator: ", ") + "]"
    case .table: "a table"
    case .date: "a date"
    }
  }
}

/// A key and its value, in the file's order.
public struct TomlEntry: Sendable, Hashable {
  /// The key, unquoted.
  public var key: String
  /// Line of the key, from 1.
  public var line: Int
  /// Its value.
  public var value: TomlValue
}
