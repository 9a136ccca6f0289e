public import Quantities

/// The last row of a journal.
public struct RunEnding: Sendable, Hashable {
  /// Exit status of the run.
  public var status: Int
  /// One line for a person.
  public var message: String
  /// Time on the pace clock.
  public var time: Seconds
  /// Unix time of the same instant.
  public var unixTime: Double

  /// An ending from its parts.
  public init(status: Int, message: String, time: Seconds, unixTime: Double) {
    self.status = status
    self.message = message
    self.time = time
    self.unixTime = unixTime
  }
}
