/// Everything on the bench that can be sensed, at one instant; SI but degC, current positive when it
/// charges the cell.
struct Signals: Equatable {
  /// Pace time, microseconds.
  var time: Int64 = 0
  /// At the cell's tabs, V.
  var cellVoltage = 0.0
  /// Through the cell, A.
  var cellCurrent = 0.0
  /// Cell, degC.
  var temperature = 0.0
  /// Chamber air, degC.
  var ambient = 0.0
  /// At the joined terminals of supply and load, V.
  var terminalVoltage = 0.0
  /// Out of the supply, A, never negative.
  var supplyCurrent = 0.0
  /// Into the load, A, never negative.
  var loadCurrent = 0.0
}
