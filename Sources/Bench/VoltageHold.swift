/// Holds the measured cell voltage by the supply's current set-point.
///
/// The supply has no sense leads and 10 mV steps, so its own voltage regulation is only a ceiling.
/// Integral control: the voltage error over `resistance` is the current that would cancel it if
/// the cell were a resistor of that value; `gain` of it is applied each period. Stable while
/// gain x (true resistance at one period) / resistance < 2; with the values here for any cell below
/// 0.2 ohm, and the meter's noise of 1 mV moves the current by 10 mA.
package struct VoltageHold {
  /// Ohm.
  package static let resistance = 0.05
  /// Part of the error that is cancelled in one period.
  package static let gain = 0.5

  package private(set) var current: Double
  /// +1 when the hold began by charging, -1 by discharging: it never reverses the current.
  private let direction: Double

  /// - Parameter current: the current that flows when the hold begins, A, positive charges.
  /// - Parameter charging: direction when nothing flows yet.
  package init(from current: Double, charging: Bool) {
    self.current = current
    direction = abs(current) > 0.01 ? (current > 0 ? 1 : -1) : (charging ? 1 : -1)
  }

  /// The current for the next period, A.
  package mutating func next(target: Double, measured: Double, limit: Double) -> Double {
    let step = Self.gain * (target - measured) / Self.resistance
    let magnitude = min(max(0, direction * (current + step)), limit)
    current = direction * magnitude
    return current
  }
}
