import Glibc

/// What is done to whom.
enum Blow: String, CaseIterable {
  case killController = "kill -9 controller"
  case stopController = "kill -STOP controller"
  case terminateController = "kill -TERM controller"
  case hangUpGuard = "kill -HUP guard"
  case interruptGuard = "kill -INT guard"
  case killGuard = "kill -9 guard"
  case killBoth = "kill -9 guard and controller"
  /// Nobody left that acts, and nobody gone.
  case stopBoth = "kill -STOP guard and controller"

  var signal: Int32 {
    switch self {
    case .killController, .killGuard, .killBoth: SIGKILL
    case .stopController, .stopBoth: SIGSTOP
    case .terminateController: SIGTERM
    case .hangUpGuard: SIGHUP
    case .interruptGuard: SIGINT
    }
  }

  func targets(guardian: Int32, controller: Int32) -> [Int32] {
    switch self {
    case .killController, .stopController, .terminateController: [controller]
    case .hangUpGuard, .interruptGuard, .killGuard: [guardian]
    case .killBoth, .stopBoth: [guardian, controller]
    }
  }

  /// How `lockstep run` ends; negative: by a signal.
  var status: Int32 {
    switch self {
    case .killController, .stopController: 3
    case .terminateController, .hangUpGuard, .interruptGuard: 130
    case .killGuard, .killBoth, .stopBoth: -SIGKILL
    }
  }

  /// How the controller ends by its own journal; nil: it had no time to say so.
  var journalStatus: String? {
    switch self {
    case .killController, .stopController, .killBoth, .stopBoth: nil
    case .terminateController, .hangUpGuard, .interruptGuard: "130"
    case .killGuard: "3"
    }
  }

  /// The file that latches the bench; nil: the run ended in an orderly way.
  var latch: String? {
    switch self {
    case .killController, .stopController: "demo.latch"
    case .terminateController, .hangUpGuard, .interruptGuard: nil
    case .killGuard, .killBoth, .stopBoth: "demo.running"
    }
  }

  /// Wall time from the blow to the end of the current, s.
  ///
  /// Whoever lives makes safe within `acting`: a scan of a few ms, or the replay of the safe plan, each
  /// device answering within its reply timeout at once; the rest is for a machine that does other
  /// things too. A hung controller is first waited for (`heartbeat_silence`). With nobody left
  /// the contactor's own relay times out: the rig's clock runs on by itself 0.2 s after its last tick,
  /// the relay holds for 2.5 s after its last re-arming and releases within 10 ms.
  var timeToZero: Double {
    switch self {
    case .stopController: Self.heartbeatSilence + Self.acting
    case .killBoth, .stopBoth: Self.freeRun + Self.hold + Self.release + Self.machine
    default: Self.acting
    }
  }

  /// From the blow to the open contactor, s: the guard opens it first, but its release takes pace time.
  var timeToOpen: Double { timeToZero + (isLeftAlone ? 0 : Self.freeRun + Self.release) }

  /// Whether nobody is left to act but the contactor's own relay.
  var isLeftAlone: Bool { self == .killBoth || self == .stopBoth }

  static let acting = 1.0
  static let heartbeatSilence = 0.5
  static let hold = 2.5
  static let freeRun = 0.2
  static let release = 0.01
  static let machine = 0.5
}
