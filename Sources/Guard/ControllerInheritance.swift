import CRealtime
import Glibc

/// What the controller inherits, from its arguments `--heartbeat FD --guard FD --port NAME=FD ...`.
public struct ControllerInheritance: Sendable, Hashable {
  /// Write end of the heartbeat pipe; hand it to `Heartbeat`.
  public var heartbeat: Int32
  /// Read end of the guard's pipe; hand it to `GuardPipe`.
  public var guardPipe: Int32
  /// Open ports by instrument.
  public var ports: [String: Int32]

  /// Checks options already split by the command line's parser: every descriptor open, none twice for
  /// two purposes. Marks them close-on-exec. The error is one line.
  public init(heartbeat: Int32, guardPipe: Int32, ports: [String]) throws(BenchStateError) {
    self.heartbeat = heartbeat
    self.guardPipe = guardPipe
    self.ports = [:]
    for option in ports {
      // Split at the last sign: a name is the user's, a number is ours.
      guard let sign = option.lastIndex(of: "="), sign != option.startIndex,
        let descriptor = Int32(option[option.index(after: sign)...])
      else { throw BenchStateError("--port \(option): NAME=DESCRIPTOR allowed") }
      let name = String(option[..<sign])
      guard self.ports.updateValue(descriptor, forKey: name) == nil else {
        throw BenchStateError("--port \(option): \(name) is given twice")
      }
    }
    guard heartbeat != guardPipe, !self.ports.values.contains(heartbeat),
      !self.ports.values.contains(guardPipe)
    else { throw BenchStateError("--heartbeat, --guard and --port share a descriptor") }
    for descriptor in [heartbeat, guardPipe] + self.ports.values {
      guard descriptor >= 3, fcntl(descriptor, F_GETFD) >= 0 else {
        throw BenchStateError(
          "descriptor \(descriptor) is not open: only lockstep-guard starts a controller")
      }
    }
    _ = lockstep_close_on_exec_from(3)
  }

  /// The same from raw arguments; others are passed over.
  public init(arguments: [String]) throws(BenchStateError) {
    var heartbeat: Int32?
    var guardPipe: Int32?
    var ports: [String] = []
    for (option, value) in zip(arguments, arguments.dropFirst()) {
      switch option {
      case "--heartbeat": heartbeat = Int32(value)
      case "--guard": guardPipe = Int32(value)
      case "--port": ports.append(value)
      default: break
      }
    }
    guard let heartbeat, let guardPipe else {
      throw BenchStateError("--heartbeat and --guard: a descriptor each is needed")
    }
    try self.init(heartbeat: heartbeat, guardPipe: guardPipe, ports: ports)
  }
}
