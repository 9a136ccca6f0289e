/// Why a twin has no answer; its belief is that of before the call.
public struct TwinError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The whole line.
  public var description: String

  /// An error with its line.
  public init(_ description: String) { self.description = description }
}
