import CRealtime
import Glibc
import Guard

/// The controller's ties to its guard: the heart it beats, the pipe that tells of the guard's death,
/// and the signals that ask it to stop.
final class Lifeline {
  private var heart: Heartbeat
  private let pipe: GuardPipe
  private let signals: Int32
  private var stop: String?

  init(_ inherited: ControllerInheritance, signals: Int32) {
    heart = Heartbeat(descriptor: inherited.heartbeat)
    pipe = GuardPipe(descriptor: inherited.guardPipe)
    self.signals = signals
  }

  func beat() { heart.beat() }

  func madeSafe() { heart.madeSafe() }

  func guardIsGone() -> Bool { pipe.guardIsGone() }

  /// The first signal that asked for a stop, remembered.
  func stopSignal() -> String? {
    guard stop == nil else { return stop }
    switch lockstep_next_signal(signals) {
    case 0: return nil
    case SIGINT: stop = "SIGINT"
    case SIGHUP: stop = "SIGHUP"
    case SIGTERM: stop = "SIGTERM"
    case let other: stop = "signal \(other)"
    }
    return stop
  }
}
