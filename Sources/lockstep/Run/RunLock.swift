import CRealtime
import Glibc

/// Held by guard and controller of a run for as long as either lives: tells a run that is on from one that was
/// cut off. An flock(2) on a file in the run's folder, never stale.
enum RunLock {
  private static func path(_ folder: String) -> String { folder + "/run.lock" }

  /// Takes the lock of the run in `folder`; a descriptor to hand on.
  static func take(_ folder: String) throws -> Int32 {
    let descriptor = lockstep_lock(path(folder))
    guard descriptor < 0 else { return descriptor }
    let name = folder.split(separator: "/").last ?? ""
    guard descriptor == -EWOULDBLOCK else {
      throw CommandFailure(
        status: 2,
        message: "\(path(folder)): cannot be locked: \(String(cString: strerror(-descriptor)))")
    }
    throw CommandFailure(
      status: 2,
      message: "run \(name) is on, or its guard still watches the bench: stop it first "
        + "(`lockstep watch \(name)` shows it)")
  }

  /// Whether the run in `folder` is on.
  static func isHeld(_ folder: String) -> Bool {
    let descriptor = open(path(folder), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}
