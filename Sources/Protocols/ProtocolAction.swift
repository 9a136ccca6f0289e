public import Quantities

/// What a protocol asks for after an observation.
///
/// `stepStarted` and `stepEnded` are news, not requests: note them and call `next` again with the
/// same observation until a request or `finished` comes.
public enum ProtocolAction: Sendable, Hashable {
  /// Which instrument a held voltage needs.
  public enum Direction: Sendable, Hashable { case charge, discharge }

  /// The step at this index (from 0) begins.
  case stepStarted(Int)
  /// The step at this index is over.
  case stepEnded(Int, StepEnding)
  /// No current.
  case rest
  /// This current, positive when it charges; never zero.
  case current(Amperes)
  /// Whatever current of this direction keeps the cell at the voltage.
  case hold(Volts, Direction)
  /// No current, and the chamber at this temperature; it stays there until told otherwise.
  case chamber(Celsius)
  /// No step is left: no current.
  case finished
}

/// Why a step is over.
public enum StepEnding: Sendable, Hashable, CustomStringConvertible {
  /// This end came true while the step ran.
  case reached(StepEnd)
  /// This end was true before the step could begin: nothing was done.
  case skipped(StepEnd)
  /// None of its ends came true in the time that a step may last by default.
  case timeLimit(Seconds)

  /// As in `voltage >= 4.2 V`, for an event.
  public var description: String {
    switch self {
    case .reached(let end): "\(end)"
    case .skipped(let end): "skipped, already \(end)"
    case .timeLimit(let limit): "default time limit of \(limit) passed before any of its ends"
    }
  }
}
