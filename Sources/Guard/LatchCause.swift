public import Quantities

/// What made the envelope trip, kept in the latch so that it can be looked at again.
public struct LatchCause: Sendable, Hashable {
  /// The rule, in the field's words: `voltage above trip limit`.
  public var what: String
  /// The offending value, in `unit`.
  public var value: Double
  /// What was allowed, in `unit`.
  public var limit: Double
  /// Unit of both.
  public var unit: String
  /// Requirement that the rule implements, as in `SAF-010`.
  public var requirement: String

  /// The cause that a trip names.
  public init(_ trip: Trip) {
    what = trip.what
    value = trip.value
    limit = trip.limit
    unit = trip.unit
    requirement = trip.requirement
  }

  /// As `key: value` lines of a latch.
  var lines: [String] {
    [
      "cause: \(what)", "cause_value: \(value)", "cause_limit: \(limit)", "cause_unit: \(unit)",
      "cause_requirement: \(requirement)",
    ]
  }

  /// What `lines` wrote; nil when a part is missing.
  init?(_ lines: [String: String]) {
    guard let what = lines["cause"], let unit = lines["cause_unit"],
      let requirement = lines["cause_requirement"],
      let value = lines["cause_value"].flatMap({ Double($0) }),
      let limit = lines["cause_limit"].flatMap({ Double($0) })
    else { return nil }
    self.what = what
    self.value = value
    self.limit = limit
    self.unit = unit
    self.requirement = requirement
  }
}
