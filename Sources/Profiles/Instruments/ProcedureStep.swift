public import Quantities

/// One instruction of a profile's procedure or command. Steps name declared values, so that a
/// profile cannot write an address that it does not declare.
public struct ProcedureStep: Sendable, Hashable {
  /// One addend of what a step writes.
  public enum Term: Sendable, Hashable {
    /// A number, in the value's unit.
    case constant(Double)
    /// What the driver puts in.
    case argument(StepArgument)
    /// What was last read of the value at this index.
    case value(Int)
  }

  /// What the step does; indices are into the profile's values.
  public enum Action: Sendable, Hashable {
    /// Writes the sum of `terms`; with `readBack`, reads the value again and wants it equal.
    case write(value: Int, terms: [Term], readBack: Bool)
    /// Writes the sum of `terms` and reads `read` in the same transaction (function 23).
    case exchange(value: Int, terms: [Term], read: Int)
    /// Reads the value and wants one of `allowed`, each within `tolerance` (in the value's unit).
    case check(value: Int, allowed: [Double], tolerance: Double)
    /// Two writes, the limit first when the set-point rises, the set-point first when it falls: the
    /// device would trip on a set-point above its limit.
    indirect case ordered(limit: ProcedureStep, setpoint: ProcedureStep)
    /// Closes for the argument `hold` that relay of the two whose turn it is, if any, and reads both.
    case inTurn(RelayPair)
  }

  /// What the step does.
  public var action: Action
  /// Wall time that a check gives the device to get there; nil: it must be there at once.
  public var settle: Seconds?
  /// What to tell a person when a check fails; empty: nothing more than the numbers.
  public var why: String
  /// Line in the profile, for errors.
  public var line: Int
}
