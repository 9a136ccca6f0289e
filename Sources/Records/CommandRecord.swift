public import Quantities

/// One command that reached an instrument, and what it read back.
public struct CommandRecord: Sendable, Hashable {
  /// Scan that it belongs to.
  public var scan: Int
  /// Time on the pace clock.
  public var time: Seconds
  /// The instrument's name on the bench.
  public var instrument: String
  /// What was sent, in words: `set current`.
  public var command: String
  /// What was asked.
  public var requested: Double
  /// What was read back; NaN when nothing came.
  public var readback: Double
  /// Whether they agree.
  public var agrees: Bool

  /// A record from its parts.
  public init(
    scan: Int, time: Seconds, instrument: String, command: String, requested: Double,
    readback: Double, agrees: Bool
  ) {
    self.scan = scan
    self.time = time
    self.instrument = instrument
    self.command = command
    self.requested = requested
    self.readback = readback
    self.agrees = agrees
  }
}
