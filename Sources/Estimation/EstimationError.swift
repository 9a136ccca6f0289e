/// Why a filter could not go on. Its state is that of before the call.
public struct EstimationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure.
  public enum Code: Sendable, Hashable {
    /// The model left its range.
    case model
    /// A number became NaN or infinite.
    case notFinite
    /// A variance became negative.
    case covariance
    /// Configuration or input that no filter can work with.
    case input
  }

  /// What kind of failure.
  public var code: Code
  /// The whole line: what, value, what is allowed.
  public var description: String

  /// An error with its line.
  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
