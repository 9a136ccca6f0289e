public import Quantities

/// One instruction of a protocol: what to do, and what ends it.
///
/// Read from a step string (`ProtocolStep.init(parsing:)`): PyBaMM's language, with our sign
/// (current is positive when it charges) and our additions.
public struct ProtocolStep: Sendable, Hashable {
  /// What is done while the step lasts.
  public enum Mode: Sendable, Hashable {
    /// No current.
    case rest
    /// A constant current, positive when it charges; never zero.
    case current(CurrentValue)
    /// A constant cell voltage.
    case hold(Volts)
    /// A constant current, positive when it charges, until the cell reaches the voltage; from then
    /// on that voltage is held.
    case currentThenHold(CurrentValue, Volts)
    /// No current; the chamber is sent to a temperature.
    case chamber(Celsius)
    /// A constant power, positive when it charges; never zero. In `StepGrammar.simulation` only.
    case power(Watts)
    /// Discharges through a constant resistance above zero. In `StepGrammar.simulation` only.
    case resistance(Ohms)
  }

  /// What is done.
  public var mode: Mode
  /// What ends it; whichever comes first. Empty only for `chamber`, which then ends on arrival.
  public var ends: [StepEnd]
  /// The string that it was read from.
  public var text: String
  /// The sampling period that the string asks for (`(1 second period)`); the bench's own scan
  /// period is never slower for it, so the machine takes no notice.
  public var period: Seconds?

  /// A step from its parts.
  public init(mode: Mode, ends: [StepEnd], text: String, period: Seconds? = nil) {
    self.mode = mode
    self.ends = ends
    self.text = text
    self.period = period
  }

  /// The step's own duration, or nil when only other ends are given.
  public var duration: Seconds? {
    for case .duration(let duration) in ends { return duration }
    return nil
  }

  /// How long the step may last: its own duration; without one 2/|C| h where the current is a
  /// C-rate and 24 h elsewhere, as in PyBaMM.
  public var timeLimit: Seconds {
    if let duration { return duration }
    switch mode {
    case .current(.rate(let rate)), .currentThenHold(.rate(let rate), _):
      return Seconds(2 / abs(rate) * 3600)
    default: return Seconds(24 * 3600)
    }
  }
}
