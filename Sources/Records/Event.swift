public import Quantities

/// Something that happened: severity, id, one line.
public struct Event: Sendable, Hashable {
  /// How much it matters.
  public enum Severity: Int, Sendable, Hashable, CaseIterable { case info, warning, fault, trip }

  /// Time on the pace clock.
  public var time: Seconds
  /// Unix time of the same instant.
  public var unixTime: Double
  /// How much it matters.
  public var severity: Severity
  /// Stable id, as in `run.started`, `phase.started`, `step.started`, `step.ended`, `trip`,
  /// `admit.clamped`, `twin.late`, `research_override`, `run.ended`.
  public var id: String
  /// One line for a person.
  public var message: String

  /// An event from its parts.
  public init(time: Seconds, unixTime: Double, severity: Severity, id: String, message: String) {
    self.time = time
    self.unixTime = unixTime
    self.severity = severity
    self.id = id
    self.message = message
  }
}
