/// What is imposed at the terminals; current and power are positive when they charge.
public enum CellControl: Sendable, Hashable {
  /// A constant current, A.
  case current(Double)
  /// A current linear in time from the start to the end of the run, A.
  case ramp(from: Double, to: Double)
  /// A constant voltage, V.
  case voltage(Double)
  /// A constant power, W.
  case power(Double)
  /// A constant resistance, Ohm, above 0; the cell discharges through it.
  case resistance(Double)
}
