import Protocols
import Quantities

/// What the chamber was told and where it was: a run that was stopped goes on at the ambient that it had.
struct ChamberMemory {
  /// Set-point in force, as far as the campaign knows.
  var setPoint: Celsius?
  private var ambient: Celsius?
  private var isAwaited = false
  /// How far from the set-point is as near as before the stop, K; nil: no ambient was ever read.
  private var nearness: Double?
  private var since: Seconds?

  /// How long a step waits for it, s; as long as an oven takes to cool, with room.
  static let patience = Seconds(7200)

  /// What is to be done about it after a stop.
  enum Return {
    /// Nothing, or no longer anything.
    case none
    /// Tell it once more; it is there, or cannot be waited for.
    case told(Celsius)
    /// Tell it, and wait.
    case awaited(Celsius, now: Celsius?)
    /// It was waited for in vain.
    case missed(Celsius, now: Celsius?)
  }

  /// The run was stopped.
  mutating func interrupt() {
    guard let setPoint else { return }
    if !isAwaited {
      nearness = ambient.map {
        max(abs($0.value - setPoint.value), ProtocolMachine.chamberTolerance.value)
      }
    }
    (isAwaited, since) = (true, nil)
  }

  /// Takes note of a sample.
  mutating func next(_ sample: Sample) -> Return {
    let now = sample.ambient.valid
    guard isAwaited, let setPoint else {
      ambient = now ?? ambient
      return .none
    }
    let begin = since ?? sample.time
    since = begin
    guard let nearness else {
      isAwaited = false
      return .told(setPoint)
    }
    if let now, abs(now.value - setPoint.value) <= nearness {
      isAwaited = false
      return .told(setPoint)
    }
    guard sample.time - begin < Self.patience else {
      isAwaited = false
      return .missed(setPoint, now: now)
    }
    return .awaited(setPoint, now: now)
  }
}
