public import Quantities

/// What `admit` lets through, and why it is less than was asked.
public struct Admission: Sendable, Hashable {
  /// What bound the request.
  public struct Clamp: Sendable, Hashable {
    /// The rule, in words.
    public var what: String
    /// The value that met the rule, in `unit`.
    public var value: Double
    /// What is allowed, in `unit`.
    public var limit: Double
    /// Unit of both.
    public var unit: String
    /// How far the value is past what is allowed, in `unit`, as a negative number.
    public var margin: Double { -abs(limit - value) }
  }

  /// The admitted current; never larger in magnitude than the request, never of the other sign.
  public var current: Amperes
  /// Nil when the request passed whole.
  public var clamp: Clamp?
}
