/// Charge or energy moved since the start of a test, never reset.
///
/// Trapezoids between successive valid readings, also across missing ones, never across a stop of the run;
/// charging and discharging parts are integrated apart, so that a pulse pair does not cancel.
struct Totals {
  /// Into the cell, in the integrand's unit times hours.
  private(set) var charging = 0.0
  /// Out of the cell, a positive number.
  private(set) var discharging = 0.0
  private var last: (hours: Double, rate: Double)?

  /// Into minus out.
  var net: Double { charging - discharging }
  /// Into plus out.
  var cumulative: Double { charging + discharging }

  /// Nothing moves until the next reading: the run was stopped.
  mutating func breakOff() { last = nil }

  /// Adds the interval that ends at `seconds` with `rate` (A or W, positive when it charges).
  mutating func add(_ rate: Double, at seconds: Double) {
    let hours = seconds / 3600
    if let last {
      let half = (hours - last.hours) / 2
      charging += half * (max(last.rate, 0) + max(rate, 0))
      discharging += half * (max(-last.rate, 0) + max(-rate, 0))
    }
    last = (hours, rate)
  }
}
