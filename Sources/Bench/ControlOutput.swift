package import Quantities
package import Records

/// What one control period of the campaign asks for.
package struct ControlOutput: Sendable {
  var estimate: Estimate?
  package var requested = Amperes.zero
  package var binding = Decision.Binding.none
  var reason = ""
  /// Index of the phase, from 0.
  var phase = 0
  /// Number of the step, from 1, monotone over the run.
  var step = 0
  var phases = 1
  var phaseName = ""
  var stepText = ""
  var timeLeft: Seconds?
  /// New set-point of the chamber.
  package var chamber: Celsius?
  package var events: [Event] = []
  /// Promises made and kept in this period.
  package var charges: [ChargeRecord] = []
  /// The run is over.
  package var outcome: Outcome?

  package init() {}

  /// Puts the declared fallback in place of a decision as old as a control period: never the last value
  /// for ever (S8). True when it did.
  package mutating func age(_ age: Seconds, period: Seconds) -> Bool {
    guard age >= period else { return false }
    requested = .zero
    binding = .fallback
    reason = "twin late: fallback 0 A"
    chamber = nil
    return true
  }
}
