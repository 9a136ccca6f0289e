/// One line: which instrument, what was tried, what came, what is allowed.
public struct InstrumentError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong.
  public enum Code: Sendable, Hashable {
    /// No reply, a short or damaged one, or an exception.
    case bus
    /// The device is not the one that the profile describes.
    case identity
    /// A limit, mode or flag did not hold when read back.
    case readback
    /// The command does not apply to this instrument.
    case unsupported
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
