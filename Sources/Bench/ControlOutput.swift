import Quantities
import Records

/// What one control period of the campaign asks for.
struct ControlOutput: Sendable {
  var estimate: Estimate?
  var requested = Amperes.zero
  var binding = Decision.Binding.none
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
  var chamber: Celsius?
  var events: [Event] = []
  /// The run is over.
  var outcome: Outcome?
}
