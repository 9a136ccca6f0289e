/// Why the envelope ended a run: what, value, limit, margin.
public struct Trip: Sendable, Hashable {
  /// The rule that tripped, in the field's words: `voltage above trip limit`.
  public var what: String
  /// The offending value, in `unit`.
  public var value: Double
  /// What is allowed, in `unit`.
  public var limit: Double
  /// Unit of value and limit.
  public var unit: String
  /// Which layer set the limit.
  public var origin: LimitLayer.Origin
  /// Time on the pace clock.
  public var time: Seconds
  /// Requirement that this rule implements, as in `SAF-010`.
  public var requirement: String

  /// A trip from its parts.
  public init(
    what: String, value: Double, limit: Double, unit: String, origin: LimitLayer.Origin,
    time: Seconds, requirement: String
  ) {
    self.what = what
    self.value = value
    self.limit = limit
    self.unit = unit
    self.origin = origin
    self.time = time
    self.requirement = requirement
  }

  /// How far the value is past its limit, in `unit`, as a negative number.
  public var margin: Double { -abs(limit - value) }
}
