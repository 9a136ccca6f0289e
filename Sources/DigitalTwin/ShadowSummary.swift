public import Estimation

/// How a shadow fared on a record.
public struct ShadowSummary: Sendable {
  /// Rows written.
  public var rows = 0
  /// Last time - first time, s.
  public var duration = 0.0
  /// Innovations of the voltage.
  public var innovations = InnovationStatistics()
  /// Squared errors of the voltage predicted without assimilation, V squared, and their number.
  public var openLoopSquares = 0.0
  /// See `openLoopSquares`.
  public var openLoopRows = 0
  /// The last instant of each frozen copy that predicted its whole time.
  public var forecasts: [ShadowForecast] = []
  /// Last state of charge.
  public var stateOfCharge = Normal.unknown
  /// Restarts of a filter that had lost the cell.
  public var restarts = 0
  /// Rows that the model could not follow, and what was wrong with the first of them.
  public var skippedRows = 0
  /// See `skippedRows`.
  public var firstSkipped: String?
  /// What was found wrong with the sensors, in order.
  public var faults: [SensorFault] = []

  /// Root mean square error of voltage predicted without assimilation, V; NaN when nothing was.
  public var openLoopError: Double { (openLoopSquares / Double(openLoopRows)).squareRoot() }
}
