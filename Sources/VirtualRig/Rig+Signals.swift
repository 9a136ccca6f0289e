private import CRealtime
private import Glibc

extension Rig {
  /// Blocks SIGINT, SIGTERM and SIGHUP in this thread and those it starts, and ignores SIGPIPE.
  public static func blockSignals() {
    var set = endingSignals
    pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Asks for SIGTERM when the parent (the thread that spawned us) ends; at once if it has ended.
  public static func endWithParent() {
    if lockstep_signal_on_parent_death(SIGTERM) == ESRCH { kill(getpid(), SIGTERM) }
  }

  /// Waits for one of the blocked signals and returns it.
  public func waitForSignal() -> Int32 {
    var set = Self.endingSignals
    var number: Int32 = 0
    while sigwait(&set, &number) != 0 {}
    return number
  }

  private static var endingSignals: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&set, number) }
    return set
  }
}
