public import Quantities

/// What was decided in one control period, why, and what came of it.
public struct Decision: Sendable, Hashable {
  /// Which bound the request rides on, or which step asked.
  public enum Binding: String, Sendable, Hashable, CaseIterable {
    case step, current, voltage, temperature
    case platingMargin = "plating_margin"
    case riseRate = "rise_rate"
    case cost, target, fallback, none
  }

  /// Scan that it belongs to.
  public var scan: Int
  /// Time of that scan on the pace clock.
  public var time: Seconds
  /// Index of the phase in the campaign, from 0.
  public var phase: Int
  /// Number of the step, from 1, monotone over the run, never repeats.
  public var step: Int
  /// What was asked for.
  public var requested: Amperes
  /// What the envelope admitted.
  public var admitted: Amperes
  /// What limited the request.
  public var binding: Binding
  /// One line for a person; empty when the binding says it all.
  public var reason: String

  /// A decision from its parts.
  public init(
    scan: Int, time: Seconds, phase: Int, step: Int, requested: Amperes, admitted: Amperes,
    binding: Binding, reason: String
  ) {
    self.scan = scan
    self.time = time
    self.phase = phase
    self.step = step
    self.requested = requested
    self.admitted = admitted
    self.binding = binding
    self.reason = reason
  }
}
