public import Quantities

/// How a run ended: exit status (see the command reference) and one line.
public struct Outcome: Sendable, Hashable {
  /// 0 done, 1 trip or cut-off, 3 hardware, 4 computation, 130 stopped by a signal.
  public var status: Int
  /// What happened, value, limit, what was made safe.
  public var message: String

  /// Whether the envelope tripped: the bench is to be latched.
  public var isTrip: Bool { trip != nil }
  /// What tripped.
  public var trip: Trip?

  /// An outcome from its parts.
  public init(status: Int, message: String, trip: Trip? = nil) {
    self.status = status
    self.message = message
    self.trip = trip
  }
}
