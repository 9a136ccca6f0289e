/// Why the guard takes over.
public enum Distress: Sendable, Hashable, CustomStringConvertible {
  /// The controller could not be started; an errno.
  case notStarted(Int32)
  /// It ended without having said that the bench is safe.
  case died(ControllerExit)
  /// It never beat its heart within this many milliseconds of its start.
  case neverBeat(Int64)
  /// No beat for this many milliseconds.
  case silent(Int64)
  /// It closed the heartbeat pipe and lives on.
  case heartClosed
  /// It did not end within this many milliseconds of the signal that the guard forwarded.
  case overstayed(signal: Int32, Int64)
  /// It said that the bench is safe and did not end within this many milliseconds.
  case closingTooLong(Int64)
  /// It said that the bench is safe and ended, and the meter does not confirm it.
  case notConfirmed(ControllerExit)

  /// One line for a person.
  public var description: String {
    switch self {
    case .notStarted(let code): "the controller could not be started: errno \(code)"
    case .died(let exit): "the controller \(exit) without making the bench safe"
    case .neverBeat(let time):
      "the controller did not beat its heart within \(time) ms of its start"
    case .silent(let time): "the controller hung: no heartbeat for \(time) ms"
    case .heartClosed: "the controller closed its heartbeat pipe and lived on"
    case .overstayed(let signal, let time):
      "the controller did not end within \(time) ms of signal \(signal)"
    case .closingTooLong(let time):
      "the controller said that the bench is safe and did not end within \(time) ms"
    case .notConfirmed(let exit):
      "the controller said that the bench is safe and \(exit), the meter does not confirm it"
    }
  }
}

/// How the controller ended.
public enum ControllerExit: Sendable, Hashable, CustomStringConvertible {
  /// By itself, with this status.
  case status(Int32)
  /// By this signal.
  case signal(Int32)

  /// As in `exited with status 3`.
  public var description: String {
    switch self {
    case .status(let status): "exited with status \(status)"
    case .signal(let signal): "was killed by signal \(signal)"
    }
  }
}
