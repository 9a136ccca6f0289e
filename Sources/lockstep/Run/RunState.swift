import Journal

/// How far a run has come, for a person who wants to know whether it can go on.
enum RunState: String, Encodable {
  /// Its controller or guard lives.
  case running
  /// It reached its end.
  case done
  /// It was ended in an orderly way before its end.
  case stopped
  /// It was cut off: controller and guard are gone, and no ending is on record.
  case crashed

  /// Of the run in `folder`, whose last sitting ended so.
  init(_ folder: String, _ ending: RunEnding?) {
    if RunLock.isHeld(folder) {
      self = .running
    } else if let ending {
      self = ending.status == 0 ? .done : .stopped
    } else {
      self = .crashed
    }
  }

  /// Whether `lockstep resume` takes it, its journal being of a schema that can go on.
  var canResume: Bool { self == .stopped || self == .crashed }
}
