private import Glibc
internal import Profiles
internal import Synchronization

/// A device's pseudo-terminal, which may vanish and come back as a USB adapter does: under the same
/// name, or under another.
final class SerialPort: Sendable {
  private let server: PortServer
  /// A symbolic link that points to the terminal while there is one, as `/dev/serial/by-path` does.
  private let link: String?
  private let terminal: Mutex<Kept<PseudoTerminal>?>
  private let shown: Mutex<String>

  /// What clients open; empty while the port is gone.
  var path: String { shown.withLock { $0 } }

  /// Opens the port. `links`: the folder of its link; nil: clients open the terminal itself.
  init(_ server: PortServer, links: String?) throws(RigError) {
    self.server = server
    link = links.map { "\($0)/\(server.name)" }
    let first = Kept(try PseudoTerminal())
    shown = Mutex(link ?? first.value.path)
    if let link { try Self.point(link, to: first.value.path) }
    terminal = Mutex(first)
  }

  deinit { if let link { unlink(link) } }

  /// Serves until the rig stops. Blocks.
  func run() {
    while let end = serve(), end == .portGone {
      // Asked before anybody sees it gone: the fault may be over as soon as they do.
      var back = server.gone ?? .same
      let lost = terminal.withLock { $0?.value.path ?? "" }
      terminal.withLock { $0 = nil }
      shown.withLock { $0 = "" }
      if let link { unlink(link) }
      RigError.say("port \(server.name) is gone")
      while let gone = server.gone {
        back = gone
        guard server.stop.sleep(nanoseconds: 2_000_000) else { return }
      }
      do {
        try comeBack(back, lost)
      } catch {
        error.report()
        return
      }
    }
  }

  /// The descriptor stays open meanwhile: only this thread takes the terminal away.
  private func serve() -> PortServer.End? {
    guard let master = terminal.withLock({ $0?.value.master }) else { return nil }
    var end = server.serveSerial(on: master)
    // A client that closes its end leaves the port to the next one.
    while end == .clientGone { end = server.serveSerial(on: master) }
    return end
  }

  private func comeBack(_ back: FaultEffect.Return, _ lost: String) throws(RigError) {
    let again = try back == .same && link == nil ? Self.terminal(at: lost) : Kept(PseudoTerminal())
    var path = again.value.path
    if let link {
      path = back == .same ? link : "\(link)-2"
      try Self.point(path, to: again.value.path)
    }
    RigError.say("port \(server.name) is back at \(path)")
    terminal.withLock { $0 = again }
    shown.withLock { [path] in $0 = path }
  }

  /// The terminal called `path`, or any when somebody still holds that one's other end. The system
  /// gives the lowest free number, so that a few must be passed over.
  private static func terminal(at path: String) throws(RigError) -> Kept<PseudoTerminal> {
    var passed: [Kept<PseudoTerminal>] = []
    for _ in 0..<16 {
      let next = Kept(try PseudoTerminal())
      if next.value.path == path { return next }
      passed.append(next)
    }
    return Kept(try PseudoTerminal())
  }

  /// Only another link is replaced: a file of that name is somebody's.
  private static func point(_ link: String, to path: String) throws(RigError) {
    var status = stat()
    if lstat(link, &status) == 0, status.st_mode & S_IFMT == S_IFLNK { unlink(link) }
    guard symlink(path, link) == 0 else {
      throw RigError(.place, "link \(link): \(RigError.reason(errno))")
    }
  }
}
