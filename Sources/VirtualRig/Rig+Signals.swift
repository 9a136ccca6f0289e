private import CRealtime
private import Glibc

extension Rig {
  /// Blocks SIGINT, SIGTERM, SIGHUP and SIGUSR1 in this thread and those it starts, and ignores SIGPIPE.
  public static func blockSignals() {
    var set = awaitedSignals
    pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Asks for SIGTERM when the parent (the thread that spawned us) ends; at once if it has ended.
  public static func endWithParent() {
    if lockstep_signal_on_parent_death(SIGTERM) == ESRCH { kill(getpid(), SIGTERM) }
  }

  /// Waits for one of the blocked signals that end the rig and returns it. SIGUSR1 springs the trap.
  public func waitForSignal() -> Int32 {
    var set = Self.awaitedSignals
    var number: Int32 = 0
    while true {
      guard sigwait(&set, &number) == 0 else { continue }
      guard number == SIGUSR1 else { return number }
      trap?.springNow()
    }
  }

  private static var awaitedSignals: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGUSR1] { sigaddset(&set, number) }
    return set
  }
}
