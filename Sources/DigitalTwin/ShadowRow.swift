public import Estimation

/// What a shadow says at one row of a record.
public struct ShadowRow: Sendable {
  /// From 1.
  public var recordIndex: Int
  /// `test_time_second` as the record has it.
  public var timeText: String
  /// As the record has it, A, positive charges.
  public var current: Double
  /// Charge since the first row, Ah, positive when it entered the cell; trapezoidal.
  public var netCapacity: Double
  /// Voltage predicted before the update, V; sd with sensor noise.
  public var voltage: Normal
  /// Measured - predicted, V.
  public var innovation: Double
  /// Whether the voltage was assimilated, gated, or left alone.
  public var fate: ChannelOutcome.Fate
  /// After the update; temperatures in kelvin.
  public var belief: CellBelief
  /// The filter had lost the cell and starts anew with this row.
  public var restarted: Bool
}
