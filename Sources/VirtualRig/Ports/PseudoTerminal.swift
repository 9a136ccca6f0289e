private import CRealtime
private import Glibc

/// A pty in raw mode: we serve on the master, clients open `path`.
struct PseudoTerminal: ~Copyable {
  /// Ours.
  let master: Int32
  /// Kept open, so that the master never sees an error when the last client closes.
  private let slave: Int32
  /// What clients open.
  let path: String

  init() throws(RigError) {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 128)
    let code = lockstep_pty_open(&master, &slave, &name, name.count)
    guard code == 0 else {
      throw RigError(.system, "no pseudo-terminal: \(RigError.reason(code))")
    }
    self.master = master
    self.slave = slave
    path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    close(master)
    close(slave)
  }
}
