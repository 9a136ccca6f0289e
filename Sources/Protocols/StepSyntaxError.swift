/// Why a step string was refused: the string, and what is allowed.
public struct StepSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The string.
  public var text: String
  /// What is wrong and what is allowed.
  public var problem: String

  /// As in `"Charge at 4.1 V": ...`.
  public var description: String { "\"\(text)\": \(problem)" }
}
