/// Why a data file cannot be used: one line with file, line (the header is line 1), column, value.
public struct BatteryDataError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The whole line.
  public var description: String

  /// An error with its line.
  public init(_ description: String) { self.description = description }
}
