public import Quantities

/// What the bench may ask of an instrument. Anything else is not sayable.
public enum Command: Sendable, Hashable {
  /// Source or load: the magnitude of the current, and for a source the ceiling of its voltage.
  case setCurrent(Amperes, ceiling: Volts)
  /// Source output or load input on.
  case switchOn
  /// Source output or load input off.
  case switchOff
  /// Contactor: close (or stay closed) for this long, then open by itself.
  case rearm(hold: Seconds)
  /// Contactor: open now.
  case openContactor
  /// Alarm output on, until a person ends it.
  case soundAlarm
  /// Alarm output off.
  case silenceAlarm
  /// Chamber: new set-point.
  case setAmbient(Celsius)
  /// Pace: run on by this much.
  case advance(Seconds)
}
